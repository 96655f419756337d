using BenchmarkDotNet.Attributes;
using PyAirtable.Gateway.Chat;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.Tools;

namespace PyAirtable.Bench.Micro;

/// <summary>Bodies that the gateway makes into what its upstreams take.</summary>
[MemoryDiagnoser]
public class GatewayJsonBenchmarks
{
    private static readonly byte[] Chat =
        """{"messages":[{"role":"system","content":"You answer about tables."},{"role":"user","content":"How many customers are in Berlin?"}],"session_id":"s-4711","stream":true,"model":"large","temperature":0.2}"""u8.ToArray();

    private static readonly byte[] Tool =
        """{"tool_name":"list_records","arguments":{"base_id":"app1","table":"Customers","max_records":100,"filter":"{City}='Berlin'"},"session_id":"s-4711","stream_progress":1}"""u8.ToArray();

    // As a person writes it.
    private static readonly byte[] Spaced =
        """
        {
          "fields": { "Name": "Ada", "City": "Berlin", "Tags": [ "one", "two" ] },
          "typecast": true
        }
        """u8.ToArray();

    [Benchmark]
    public int ReadChat()
    {
        _ = ChatRequest.Read(Chat, out var request);
        return request.Body.Length;
    }

    [Benchmark]
    public int ReadToolCall()
    {
        _ = ToolCall.Read(Tool, out var call);
        return call.Body.Length;
    }

    [Benchmark]
    public int Compact() => PassThroughJson.TryRewrite(Spaced, out var json) ? json.Length : 0;
}
