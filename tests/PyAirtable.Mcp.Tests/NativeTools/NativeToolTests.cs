using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests.NativeTools;

/// <summary>Every native tool: what it asks the Airtable gateway, and its result (upstream contract 1.6, 1.7 and 5.5).</summary>
public sealed class NativeToolTests
{
    private const string Table = "\"base_id\":\"appX\",\"table_id\":\"tbl1\"";
    private const string Records = "/bases/appX/tables/tbl1/records";

    public static readonly TheoryData<string, string, string, string, string, string> Rows = new()
    {
        { "list_tables", """{"base_id":"appX"}""", "GET", "/bases/appX/schema", "", """{"base_id":"appX","table_count":2,"tables":[{"id":"tbl1","name":"Tasks","description":null,"field_count":3,"view_count":1},{"id":"tbl2","name":"Empty","description":"none","field_count":0,"view_count":0}]}""" },
        { "get_records", $"{{{Table}}}", "GET", Records, "", """{"records":[{"id":"rec1","fields":{"Name":"Café","Big":9007199254740993,"Tiny":1e-05},"createdTime":"2025-08-01T12:00:00.000Z"}]}""" },
        { "get_records", $$$"""{{{{Table}}},"max_records":7,"view":"My view","filter_by_formula":"{A}='b&c'"}""", "GET", Records + "?max_records=7&view=My%20view&filter_by_formula=%7BA%7D%3D%27b%26c%27", "", """{"records":[{"id":"rec1","fields":{"Name":"Café","Big":9007199254740993,"Tiny":1e-05},"createdTime":"2025-08-01T12:00:00.000Z"}]}""" },
        { "create_record", $$$"""{{{{Table}}},"fields":{"Name":"Ä"}}""", "POST", Records, """{"Name":"Ä"}""", """{"id":"rec1","fields":{"Name":"Ä"},"createdTime":"2025-08-01T12:00:00.000Z"}""" },
        { "update_record", $$$"""{{{{Table}}},"record_id":"rec5","fields":{"N":1.50}}""", "PATCH", Records + "/rec5", """{"N":1.50}""", """{"id":"rec5","fields":{"N":1.50},"createdTime":"2025-08-01T12:00:00.000Z"}""" },
        { "delete_record", $$$"""{{{{Table}}},"record_id":"rec5"}""", "DELETE", Records + "/rec5", "", """{"deleted":true,"id":"rec5"}""" },
        { "search_records", $$$"""{{{{Table}}},"query":"it's","fields":["Name","Notes"]}""", "GET", Records + "?filter_by_formula=OR%28FIND%28LOWER%28%27it%5C%27s%27%29%2C%20LOWER%28%7BName%7D%29%29%20%3E%200%2C%20FIND%28LOWER%28%27it%5C%27s%27%29%2C%20LOWER%28%7BNotes%7D%29%29%20%3E%200%29&max_records=50", "", """{"records":[{"id":"rec1","fields":{"Name":"Café","Big":9007199254740993,"Tiny":1e-05},"createdTime":"2025-08-01T12:00:00.000Z"}]}""" },
        { "get_field_info", $"{{{Table}}}", "GET", "/api/web/bases/appX/tables", "", """{"table_name":"Tasks","table_id":"tbl1","total_fields":3,"field_types":{"singleLineText":1,"singleSelect":1,"formula":1},"fields":[{"name":"Name","id":"fld1","type":"singleLineText","description":null,"is_primary":true,"options":{}},{"name":"State","id":"fld4","type":"singleSelect","description":"d","is_primary":false,"options":{"choices":[{"id":"sel1","name":"Open"},{"id":"sel2","name":"Done"}]},"choice_count":2,"choices":["Open","Done"]},{"name":"Sum","id":"fld5","type":"formula","description":null,"is_primary":false,"options":{"formula":"1+1"},"formula":"1+1"}]}""" },
        { "batch_create_records", $$$"""{{{{Table}}},"records":[{"Name":"a"},{"fields":{"Name":"b"}}]}""", "POST", Records + "/batch", """[{"Name":"a"},{"Name":"b"}]""", """{"message":"Successfully created 2 records","created_records":[{"id":"rec1","fields":{"Name":"a"},"createdTime":"2025-08-01T12:00:00.000Z"},{"id":"rec2","fields":{"Name":"b"},"createdTime":"2025-08-01T12:00:00.000Z"}],"base_id":"appX","table_id":"tbl1"}""" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Tool_OfTableN_AsksAndAnswersAsTheContractSays(string tool, string arguments, string method, string target, string body, string expected)
    {
        await using var host = await McpHost.StartAsync();

        var text = await host.CallAsync(tool, arguments);

        var seen = Assert.Single(host.Airtable.Seen);
        Assert.Equal((method, target, AirtableStandIn.Key), (seen.Method, seen.Target, seen.Key));
        Assert.Equal(JsonNode.Parse(body.Length == 0 ? "null" : body)?.ToJsonString(), JsonNode.Parse(seen.Body.Length == 0 ? "null" : seen.Body)?.ToJsonString());
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(text)!.ToJsonString());
    }

    [Fact]
    public async Task GetRecords_TextBeyondAscii_IsEscapedAndNumbersKeepTheirDigits()
    {
        await using var host = await McpHost.StartAsync();

        var text = await host.CallAsync("get_records", $"{{{Table}}}");

        Assert.StartsWith("{\n  \"records\": [\n    {\n      \"id\": \"rec1\",\n      \"fields\": {\n        \"Name\": \"Caf\\u00e9\",\n        \"Big\": 9007199254740993,\n        \"Tiny\": 1e-05\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchUpdate_OneRecordFails_GoesOnWithTheOthers()
    {
        await using var host = await McpHost.StartAsync();

        var result = JsonNode.Parse(await host.CallAsync("batch_update_records", $$$"""{{{{Table}}},"records":[{"id":"recA","fields":{"N":1}},{"id":"recBad","fields":{}},{"id":"recC","fields":{"N":3}}]}"""))!;

        Assert.Equal("Batch update completed: 2 success, 1 errors", (string)result["message"]!);
        Assert.Equal(["recA", "recC"], result["updated_records"]!.AsArray().Select(record => (string)record!["id"]!));
        Assert.Equal("recBad", (string)result["errors"]![0]!["record_id"]!);
        Assert.StartsWith("('404 Client Error", (string)result["errors"]![0]!["error"]!, StringComparison.Ordinal);
        Assert.Equal(["/recA", "/recBad", "/recC"], host.Airtable.Seen.Select(seen => seen.Target[Records.Length..]));
    }

    [Fact]
    public async Task SearchRecords_WithoutFields_SearchesAllTextFields()
    {
        await using var host = await McpHost.StartAsync();

        await host.CallAsync("search_records", $$$"""{{{{Table}}},"query":"a\\b","max_records":3}""");

        var formula = Uri.UnescapeDataString(host.Airtable.Seen.Last().Target);
        Assert.Equal(Records + @"?filter_by_formula=OR(FIND(LOWER('a\\b'), LOWER({Name})) > 0, FIND(LOWER('a\\b'), LOWER({Notes})) > 0)&max_records=3", formula);
    }

    [Theory]
    [InlineData("search_records", """{"base_id":"appX","table_id":"tbl1","query":"a","fields":["x}y"]}""", "Error: Field name 'x}y' must not contain { or }")]
    [InlineData("search_records", """{"base_id":"appX","table_id":"tbl2","query":"a"}""", "Error: Table 'tbl2' has no text fields to search; name the fields")]
    [InlineData("get_records", """{"base_id":"..","table_id":"tbl1"}""", "Error: 'base_id' is not a valid id or name")]
    [InlineData("list_tables", """{"base_id":".."}""", "Error: 'base_id' is not a valid id or name")]
    [InlineData("get_records", """{"base_id":"appX","table_id":"tbl1","max_records":1001}""", "Error: 'max_records' must be from 1 to 1000")]
    [InlineData("get_records", """{"base_id":7,"table_id":"tbl1"}""", "Error: 'base_id' must be a string, not this number")]
    [InlineData("update_record", """{"base_id":"appX","table_id":"tbl1","record_id":"recBad","fields":{}}""", "Error: ('404 Client Error: Not Found for url: https://api.airtable.com/v0/appX', \"{'type': 'NOT_FOUND'}\")")]
    public async Task Tool_ThatCannotDoIt_SaysWhy(string tool, string arguments, string text)
    {
        await using var host = await McpHost.StartAsync();

        Assert.Equal(text, await host.CallAsync(tool, arguments));
    }

    [Fact]
    public async Task TableName_WithSigns_IsEncoded()
    {
        await using var host = await McpHost.StartAsync();

        await host.CallAsync("get_records", """{"base_id":"appX","table_id":"To do? #1"}""");

        Assert.Equal("/bases/appX/tables/To%20do%3F%20%231/records", host.Airtable.Seen.Single().Target);
    }

    [Fact]
    public async Task Airtable_Away_IsSaid()
    {
        await using var host = await McpHost.StartAsync();
        await host.Airtable.DisposeAsync();

        Assert.Equal("Error: All connection attempts failed", await host.CallAsync("list_tables", """{"base_id":"appX"}"""));
    }

    [Fact]
    public async Task Airtable_AnswersNoJson_IsSaid()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Instead = static _ => (200, "<html>");

        Assert.Equal("Error: Expecting value: line 1 column 1 (char 0)", await host.CallAsync("list_tables", """{"base_id":"appX"}"""));
    }

    [Fact]
    public async Task TraceId_OfTheRequest_GoesOnToAirtable()
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("POST", "/tools/call", """{"name":"list_tables","arguments":{"base_id":"appX"}}""", "X-Trace-ID: trace-9");

        Assert.Equal("trace-9", host.Airtable.Seen.Single().Trace);
    }
}
