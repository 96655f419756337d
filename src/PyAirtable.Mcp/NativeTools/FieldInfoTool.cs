using System.Text.Json;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary><c>get_field_info</c>: the fields of a table with their options and the primary field (upstream contract 1.7, M5, M10).</summary>
internal sealed class FieldInfoTool(SchemaCache schemas) : INativeTool
{
    /// <inheritdoc/>
    public async Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var schema = await schemas.GetAsync(SchemaKind.Full, call.Text("base_id"), call.Caller.TraceId, cancel);
        var table = TableSchema.Find(schema, call.Text("table_id"));
        var fields = BuiltJson.Items(table, "fields").ToList();
        var primary = BuiltJson.Text(table, "primaryFieldId");
        return ToolOutcome.Of(BuiltJson.Pooled(json =>
        {
            json.WriteString("table_name", BuiltJson.Text(table, "name"));
            json.WriteString("table_id", BuiltJson.Text(table, "id"));
            json.WriteNumber("total_fields", fields.Count);
            json.WriteStartObject("field_types");
            foreach (var type in fields.GroupBy(static field => BuiltJson.Text(field, "type") ?? "unknown"))
            {
                json.WriteNumber(type.Key, type.Count());
            }
            json.WriteEndObject();
            json.WriteStartArray("fields");
            foreach (var field in fields)
            {
                WriteField(json, field, primary);
            }
            json.WriteEndArray();
        }));
    }

    private static void WriteField(Utf8JsonWriter json, JsonElement field, string? primary)
    {
        var id = BuiltJson.Text(field, "id");
        var options = field.TryGetProperty("options", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        json.WriteStartObject();
        json.WriteString("name", BuiltJson.Text(field, "name"));
        json.WriteString("id", id);
        json.WriteString("type", BuiltJson.Text(field, "type"));
        json.WriteString("description", BuiltJson.Text(field, "description"));
        json.WriteBoolean("is_primary", id is not null && id == primary);
        json.WritePropertyName("options");
        if (options.ValueKind == JsonValueKind.Object)
        {
            BuiltJson.WriteAsIs(json, options);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        WriteKind(json, BuiltJson.Text(field, "type"), options);
        json.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter json, string? type, JsonElement options)
    {
        switch (type)
        {
            case "singleSelect" or "multipleSelect" or "multipleSelects":
                var choices = BuiltJson.Items(options, "choices").Select(static choice => BuiltJson.Text(choice, "name") ?? "").ToList();
                json.WriteNumber("choice_count", choices.Count);
                json.WriteStartArray("choices");
                choices.ForEach(json.WriteStringValue);
                json.WriteEndArray();
                break;
            case "formula":
                json.WriteString("formula", BuiltJson.Text(options, "formula") ?? "");
                break;
            case "lookup" or "multipleLookupValues":
                json.WriteString("linked_table", BuiltJson.Text(options, "linkedTableId") ?? BuiltJson.Text(options, "recordLinkFieldId"));
                json.WriteString("lookup_field", BuiltJson.Text(options, "fieldIdInLinkedTable"));
                break;
        }
    }
}
