using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Load.Upstream;

/// <summary>Routes of the MCP server (upstream contract 1.2 to 1.6), with the tools that load calls.</summary>
internal sealed class McpServer(AirtableGateway airtable)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    private static readonly byte[] Tools = """
        {"tools":[{"name":"list_tables","description":"List all tables of a base","inputSchema":{"type":"object","properties":{"base_id":{"type":"string"}},"required":["base_id"]}},{"name":"get_records","description":"Read records of a table","inputSchema":{"type":"object","properties":{"base_id":{"type":"string"},"table_id":{"type":"string"},"max_records":{"type":"integer","default":100},"view":{"type":"string"},"filter_by_formula":{"type":"string"}},"required":["base_id","table_id"]}},{"name":"create_record","description":"Create a record","inputSchema":{"type":"object","properties":{"base_id":{"type":"string"},"table_id":{"type":"string"},"fields":{"type":"object"}},"required":["base_id","table_id","fields"]}}]}
        """u8.ToArray();

    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/health") => JsonExchange.WriteAsync(context, 200, """{"status":"healthy","service":"mcp-server-http","version":"1.0.0"}"""u8),
        ("GET", "/tools") => ListAsync(context),
        ("POST", "/tools/call") => CallAsync(context),
        _ => JsonExchange.FailAsync(context, StatusCodes.Status404NotFound, "Not Found"),
    };

    /// <summary>Answers the list of tools.</summary>
    public static Task ListAsync(HttpContext context) => JsonExchange.WriteAsync(context, 200, Tools);

    /// <summary>Runs a tool: its text, which is JSON where it went well.</summary>
    public string Run(string name, JsonElement arguments)
    {
        if (name is not ("list_tables" or "get_records" or "create_record"))
        {
            return "Unknown tool: " + name;
        }
        string[] needed = name switch
        {
            "list_tables" => ["base_id"],
            "get_records" => ["base_id", "table_id"],
            _ => ["base_id", "table_id", "fields"],
        };
        foreach (var member in needed)
        {
            if (!arguments.TryGetProperty(member, out _))
            {
                return $"Error: '{member}'";
            }
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            Write(name, arguments, json);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write(string name, JsonElement arguments, Utf8JsonWriter json)
    {
        switch (name)
        {
            case "list_tables":
                json.WriteStartObject();
                json.WriteString("base_id", arguments.GetProperty("base_id").ToString());
                json.WriteNumber("table_count", 1);
                json.WriteStartArray("tables");
                json.WriteStartObject();
                json.WriteString("id", "tblTasks");
                json.WriteString("name", "Tasks");
                json.WriteNull("description");
                json.WriteNumber("field_count", 3);
                json.WriteNumber("view_count", 1);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case "get_records":
                airtable.WriteRecords(json, arguments.TryGetProperty("max_records", out var most) && most.TryGetInt32(out var count) ? Math.Clamp(count, 1, 1000) : 100);
                break;
            default:
                airtable.Table.Add(Encoding.UTF8.GetBytes(arguments.GetProperty("fields").GetRawText())).Write(json);
                break;
        }
    }

    private async Task CallAsync(HttpContext context)
    {
        using var body = await JsonExchange.ReadAsync(context);
        if (JsonExchange.Text(body, "name") is not { } name)
        {
            await JsonExchange.RefuseAsync(context, "name");
            return;
        }
        if (!body!.RootElement.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object)
        {
            await JsonExchange.RefuseAsync(context, "arguments");
            return;
        }
        var text = Run(name, arguments);
        await JsonExchange.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("result");
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteBoolean("success", true);
            json.WriteNull("error");
            json.WriteEndObject();
        });
    }
}
