using System.Text.Json;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary><c>batch_update_records</c>: one change after the other; one that fails does not stop the others.</summary>
internal sealed class BatchUpdateTool(AirtableGateway airtable, SchemaCache schemas) : INativeTool
{
    /// <inheritdoc/>
    public async Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var records = BatchRecords.Of(call);
        var target = RecordTarget.Of(call);
        var updated = new List<JsonElement>();
        var errors = new List<(string Record, string Error)>();
        try
        {
            foreach (var record in records)
            {
                await call.ReportAsync(updated.Count + errors.Count, records.Count, $"Updating record {updated.Count + errors.Count + 1} of {records.Count}");
                var id = record.GetProperty("id").GetString()!;
                try
                {
                    var body = JsonSerializer.SerializeToUtf8Bytes(record.GetProperty("fields"), JsonElementContext.Default.JsonElement);
                    updated.Add(await airtable.ReadAsync(HttpMethod.Patch, target.Base, target.Record(id), body, call.Caller.TraceId, cancel));
                }
                catch (ToolFailedException failure)
                {
                    errors.Add((id, failure.Message));
                }
            }
        }
        finally
        {
            schemas.Drop(target.Base);
        }
        return ToolOutcome.Of(BuiltJson.Pooled(json => Write(json, call, updated, errors)));
    }

    private static void Write(Utf8JsonWriter json, ToolCall call, List<JsonElement> updated, List<(string Record, string Error)> errors)
    {
        json.WriteString("message", $"Batch update completed: {updated.Count} success, {errors.Count} errors");
        json.WriteStartArray("updated_records");
        updated.ForEach(record => BuiltJson.WriteAsIs(json, record));
        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var (record, error) in errors)
        {
            json.WriteStartObject();
            json.WriteString("record_id", record);
            json.WriteString("error", error);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("base_id", call.Text("base_id"));
        json.WriteString("table_id", call.Text("table_id"));
    }
}
