using System.Text;
using BenchmarkDotNet.Attributes;
using PyAirtable.Mcp.Protocol;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Bench.Micro;

/// <summary>What the MCP server does with a call and with the answer of the Airtable gateway: a hundred records, made into Python's text in a string of
/// JSON.</summary>
[MemoryDiagnoser]
public class ToolResultBenchmarks : IDisposable
{
    private static readonly byte[] Records = Encoding.UTF8.GetBytes(
        $$"""{"records":[{{string.Join(',', Enumerable.Range(1, 100).Select(static number => $$"""{"id":"rec{{number:D14}}","fields":{"Name":"Task {{number}}","Status":"Todo","Effort":{{number}}.5,"Notes":"Über die Rechnung sprechen, ehe die Woche endet."},"createdTime":"2025-01-15T10:30:00.000Z"}"""))}}]}""");

    private static readonly byte[] Call =
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_records","arguments":{"base_id":"app1","table_id":"tblTasks","max_records":100}}}"""u8.ToArray();

    private readonly PooledBytes _text = new(256 * 1024);

    [Benchmark]
    public int Print()
    {
        _text.Truncate(0);
        PythonText.TryWrite(Records, _text, out _);
        return _text.Length;
    }

    [Benchmark]
    public int Outcome()
    {
        var json = new PooledBytes(Records.Length);
        Records.CopyTo(json.GetSpan(Records.Length));
        json.Advance(Records.Length);
        using var outcome = ToolOutcome.Of(json);
        return outcome.QuotedText().Length;
    }

    [Benchmark]
    public int ReadCall() => DirectCall.TryRead(Call)!.Tool.Length;

    public void Dispose()
    {
        _text.Dispose();
        GC.SuppressFinalize(this);
    }
}
