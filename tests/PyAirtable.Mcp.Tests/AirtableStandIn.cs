using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace PyAirtable.Mcp.Tests;

/// <summary>The Airtable gateway as upstream contract 3 has it, with one base <c>appX</c>, a table <c>tbl1</c> and records in memory.</summary>
internal sealed class AirtableStandIn : StandIn
{
    public const string Key = "airtable-key";

    private const string Schema = """
        {"base_id":"appX","tables":[{"id":"tbl1","name":"Tasks","description":null,"fields":[{"id":"fld1","name":"Name","type":"singleLineText","description":null},{"id":"fld2","name":"Größe","type":"number","description":"in m"},{"id":"fld3","name":"Notes","type":"multilineText","description":null}],"views":[{"id":"viw1","name":"Grid"}]},{"id":"tbl2","name":"Empty","description":"none","fields":[],"views":[]}]}
        """;

    private const string Full = """
        {"tables":[{"id":"tbl1","name":"Tasks","primaryFieldId":"fld1","fields":[{"id":"fld1","name":"Name","type":"singleLineText"},{"id":"fld4","name":"State","type":"singleSelect","description":"d","options":{"choices":[{"id":"sel1","name":"Open"},{"id":"sel2","name":"Done"}]}},{"id":"fld5","name":"Sum","type":"formula","options":{"formula":"1+1"}}],"views":[]}]}
        """;

    private int _made;

    public static async Task<AirtableStandIn> StartAsync()
    {
        var started = new AirtableStandIn();
        await started.ListenAsync();
        return started;
    }

    /// <summary>Records that a read answers.</summary>
    public string Records { get; set; } = """{"records":[{"id":"rec1","fields":{"Name":"Café","Big":9007199254740993,"Tiny":1e-05},"createdTime":"2025-08-01T12:00:00.000Z"}]}""";

    protected override (int Status, string Body) Answer(SeenRequest request)
    {
        var path = request.Target.Split('?')[0];
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var query = QueryHelpers.ParseQuery(request.Target.Contains('?', StringComparison.Ordinal) ? request.Target[request.Target.IndexOf('?', StringComparison.Ordinal)..] : "");
        // Validation comes before the key (upstream contract 3.1).
        if (query.TryGetValue("max_records", out var count) && !(int.TryParse(count, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000))
        {
            return (422, """{"detail":[{"type":"less_than_equal","loc":["query","max_records"],"msg":"Input should be less than or equal to 1000","input":"9"}]}""");
        }
        if (parts is [.., "batch"] && JsonNode.Parse(request.Body) is not JsonArray)
        {
            return (422, """{"detail":[{"type":"list_type","loc":["body"],"msg":"Input should be a valid list","input":{}}]}""");
        }
        if (request.Key != Key)
        {
            return (401, """{"detail":"Invalid API key"}""");
        }
        return (request.Method, parts) switch
        {
            ("GET", ["bases", "appX", "schema"]) => (200, Schema),
            ("GET", ["api", "web", "bases", "appX", "tables"]) => (200, Full),
            ("GET", ["api", "web", "bases"]) => (200, """{"bases":[{"id":"appX","name":"Work","permissionLevel":"create"}]}"""),
            ("GET", ["bases", "appX", "tables", _, "records"]) => (200, Records),
            ("POST", ["bases", "appX", "tables", _, "records"]) => (200, Record($"rec{++_made}", JsonNode.Parse(request.Body)!)),
            ("POST", ["bases", "appX", "tables", _, "records", "batch"]) => (200, $$"""{"records":[{{string.Join(',', JsonNode.Parse(request.Body)!.AsArray().Select(fields => Record($"rec{++_made}", fields!)))}}]}"""),
            ("PATCH", ["bases", "appX", "tables", _, "records", "recBad"]) => Missing,
            ("PATCH", ["bases", "appX", "tables", _, "records", var id]) => (200, Record(id, JsonNode.Parse(request.Body)!)),
            ("DELETE", ["bases", "appX", "tables", _, "records", var id]) => (200, $$"""{"deleted":true,"id":"{{id}}"}"""),
            (_, ["bases", ..]) => Missing,
            _ => (404, """{"detail":"Not Found"}"""),
        };
    }

    // Airtable's status is lost there.
    private static (int, string) Missing => (500, """{"detail":"('404 Client Error: Not Found for url: https://api.airtable.com/v0/appX', \"{'type': 'NOT_FOUND'}\")"}""");

    private static string Record(string id, JsonNode fields) => $$"""{"id":"{{id}}","fields":{{fields.ToJsonString()}},"createdTime":"2025-08-01T12:00:00.000Z"}""";
}
