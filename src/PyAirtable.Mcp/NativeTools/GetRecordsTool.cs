using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary><c>get_records</c>: asks with what the caller gave, and no defaults of its own (upstream contract 5.2).</summary>
internal sealed class GetRecordsTool(AirtableGateway airtable) : INativeTool
{
    private static readonly string[] Passed = ["max_records", "view", "filter_by_formula"];

    /// <inheritdoc/>
    public async Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var target = RecordTarget.Of(call);
        var query = string.Join('&', Passed.Where(name => call.Optional(name) is not null).Select(name => $"{name}={Uri.EscapeDataString(call.Optional(name)!.Value.ToString())}"));
        var path = query.Length == 0 ? target.Records : $"{target.Records}?{query}";
        return ToolOutcome.Of(await airtable.SendAsync(HttpMethod.Get, target.Base, path, null, call.Caller.TraceId, cancel));
    }
}
