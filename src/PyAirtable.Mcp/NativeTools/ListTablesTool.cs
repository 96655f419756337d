using System.Text.Json;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary><c>list_tables</c>: the tables of a base, from its schema.</summary>
internal sealed class ListTablesTool(SchemaCache schemas) : INativeTool
{
    /// <inheritdoc/>
    public async Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var id = call.Text("base_id");
        var schema = await schemas.GetAsync(SchemaKind.Plain, id, call.Caller.TraceId, cancel);
        return ToolOutcome.Of(BuiltJson.Pooled(json =>
        {
            json.WriteString("base_id", id);
            json.WriteNumber("table_count", BuiltJson.Items(schema, "tables").Count());
            json.WriteStartArray("tables");
            foreach (var table in BuiltJson.Items(schema, "tables"))
            {
                json.WriteStartObject();
                json.WriteString("id", BuiltJson.Text(table, "id"));
                json.WriteString("name", BuiltJson.Text(table, "name"));
                json.WriteString("description", BuiltJson.Text(table, "description"));
                json.WriteNumber("field_count", BuiltJson.Items(table, "fields").Count());
                json.WriteNumber("view_count", BuiltJson.Items(table, "views").Count());
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }));
    }
}
