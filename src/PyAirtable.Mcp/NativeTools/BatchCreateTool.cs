using System.Buffers;
using System.Text.Json;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary><c>batch_create_records</c>: up to ten records by one call, with the bare array that the Airtable gateway takes (M1).</summary>
internal sealed class BatchCreateTool(AirtableGateway airtable, SchemaCache schemas) : INativeTool
{
    /// <inheritdoc/>
    public async Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var records = BatchRecords.Of(call);
        var target = RecordTarget.Of(call);
        JsonElement answer;
        try
        {
            answer = await airtable.ReadAsync(HttpMethod.Post, target.Base, $"{target.Records}/batch", Body(records), call.Caller.TraceId, cancel);
        }
        finally
        {
            schemas.Drop(target.Base);
        }
        var created = BuiltJson.Items(answer, "records").ToList();
        return ToolOutcome.Of(BuiltJson.Pooled(json =>
        {
            json.WriteString("message", $"Successfully created {created.Count} records");
            json.WriteStartArray("created_records");
            created.ForEach(record => BuiltJson.WriteAsIs(json, record));
            json.WriteEndArray();
            json.WriteString("base_id", call.Text("base_id"));
            json.WriteString("table_id", call.Text("table_id"));
        }));
    }

    private static byte[] Body(List<JsonElement> records)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartArray();
        records.ForEach(record => Fields(record).WriteTo(json));
        json.WriteEndArray();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    // Models often wrap the fields as Airtable's own interface does.
    private static JsonElement Fields(JsonElement record) =>
        record.GetPropertyCount() == 1 && record.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Object ? fields : record;
}
