using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Load.Upstream;

/// <summary>Routes of the Airtable gateway that are asked for: health, schema, records (upstream contract 3.1, A1, A3 to A7). Bodies are checked before the key.</summary>
internal sealed class AirtableGateway(RecordTable table, string key)
{
    private static readonly byte[] Tables = """
        [{"id":"tblTasks","name":"Tasks","description":null,"fields":[{"id":"fldName","name":"Name","type":"singleLineText","description":null},{"id":"fldStatus","name":"Status","type":"singleSelect","description":null},{"id":"fldNotes","name":"Notes","type":"multilineText","description":null}],"views":[{"id":"viwGrid","name":"Grid view"}]}]
        """u8.ToArray();

    /// <summary>Its records.</summary>
    public RecordTable Table => table;

    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (context.Request.Method, path) switch
        {
            ("GET", ["health"]) => JsonExchange.WriteAsync(context, 200, """{"status":"healthy","service":"airtable-gateway","cache":{"status":"disconnected","error":"No Redis connection"}}"""u8),
            ("GET", ["bases", var id, "schema"]) => IfAllowed(context, () => SchemaAsync(context, id)),
            ("GET", ["bases", _, "tables", _, "records"]) => ListAsync(context),
            ("POST", ["bases", _, "tables", _, "records"]) => StoreAsync(context, null),
            ("PATCH", ["bases", _, "tables", _, "records", var record]) => StoreAsync(context, record),
            ("DELETE", ["bases", _, "tables", _, "records", var record]) => IfAllowed(context, () => DeleteAsync(context, record)),
            _ => JsonExchange.FailAsync(context, StatusCodes.Status404NotFound, "Not Found"),
        };
    }

    /// <summary>Writes the schema of a base.</summary>
    public static void WriteTables(Utf8JsonWriter json) => json.WriteRawValue(Tables, skipInputValidation: true);

    /// <summary>Writes <c>{"records":[…]}</c>.</summary>
    public void WriteRecords(Utf8JsonWriter json, int count)
    {
        json.WriteStartObject();
        json.WriteStartArray("records");
        foreach (var record in table.First(count))
        {
            record.Write(json);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Task SchemaAsync(HttpContext context, string id) => JsonExchange.WriteAsync(context, 200, json =>
    {
        json.WriteStartObject();
        json.WriteString("base_id", id);
        json.WritePropertyName("tables");
        WriteTables(json);
        json.WriteEndObject();
    });

    private Task ListAsync(HttpContext context)
    {
        var asked = context.Request.Query["max_records"];
        var count = 100;
        if (asked.Count > 0 && (!int.TryParse(asked[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > 1000))
        {
            return JsonExchange.RefuseAsync(context, "max_records");
        }
        return IfAllowed(context, () => JsonExchange.WriteAsync(context, 200, json => WriteRecords(json, count)));
    }

    private async Task StoreAsync(HttpContext context, string? id)
    {
        using var body = await JsonExchange.ReadAsync(context);
        if (body?.RootElement.ValueKind != JsonValueKind.Object)
        {
            await JsonExchange.RefuseAsync(context, "fields");
            return;
        }
        await IfAllowed(context, () =>
        {
            var fields = Encoding.UTF8.GetBytes(body.RootElement.GetRawText());
            return (id is null ? table.Add(fields) : table.Change(id, fields)) is { } record
                ? JsonExchange.WriteAsync(context, 200, record.Write)
                : JsonExchange.FailAsync(context, StatusCodes.Status500InternalServerError, "404 Client Error: Not Found");
        });
    }

    private Task DeleteAsync(HttpContext context, string record) => !table.Remove(record)
        ? JsonExchange.FailAsync(context, StatusCodes.Status500InternalServerError, "404 Client Error: Not Found")
        : JsonExchange.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("deleted", true);
            json.WriteString("id", record);
            json.WriteEndObject();
        });

    private Task IfAllowed(HttpContext context, Func<Task> answer) =>
        context.Request.Headers["X-API-Key"] == key ? answer() : JsonExchange.FailAsync(context, StatusCodes.Status401Unauthorized, "Invalid API key");
}
