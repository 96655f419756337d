using System.Text.Json;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary><c>create_record</c>, <c>update_record</c> and <c>delete_record</c>: one write each, whose answer is the result.</summary>
/// <param name="airtable">The Airtable gateway.</param>
/// <param name="schemas">What a write drops.</param>
/// <param name="method"><c>POST</c>, <c>PATCH</c> or <c>DELETE</c>.</param>
internal sealed class RecordTool(AirtableGateway airtable, SchemaCache schemas, HttpMethod method) : INativeTool
{
    /// <inheritdoc/>
    public async Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var target = RecordTarget.Of(call);
        var path = method == HttpMethod.Post ? target.Records : target.Record(call.Text("record_id"));
        byte[]? body = method == HttpMethod.Delete ? null : JsonSerializer.SerializeToUtf8Bytes(call.Arguments["fields"], JsonElementContext.Default.JsonElement);
        try
        {
            return ToolOutcome.Of(await airtable.SendAsync(method, target.Base, path, body, call.Caller.TraceId, cancel));
        }
        finally
        {
            schemas.Drop(target.Base);
        }
    }
}
