using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests.Rest;

/// <summary>The Python server's HTTP routes, as a table (upstream contract 1.2 to 1.4).</summary>
public sealed class RestContractTests
{
    public static readonly TheoryData<string, string, string?, int, string> Rows = new()
    {
        { "GET", "/health", null, 200, """{"status":"healthy","service":"mcp-server-http","version":"1.0.0"}""" },
        { "GET", "/", null, 404, """{"detail":"Not Found"}""" },
        { "GET", "/sse", null, 404, """{"detail":"Not Found"}""" },
        { "GET", "/rpc", null, 404, """{"detail":"Not Found"}""" },
        { "GET", "/tools/call", null, 405, """{"detail":"Method Not Allowed"}""" },
        { "POST", "/health", "{}", 405, """{"detail":"Method Not Allowed"}""" },
        { "POST", "/tools/call", """{"name":"list_tables","arguments":{"base_id":"appX"}}""", 200, """{"result":[{"type":"text","text":"{\n  \"base_id\": \"appX\",\n  \"table_count\": 2,\n  \"tables\": [\n    {\n      \"id\": \"tbl1\",\n      \"name\": \"Tasks\",\n      \"description\": null,\n      \"field_count\": 3,\n      \"view_count\": 1\n    },\n    {\n      \"id\": \"tbl2\",\n      \"name\": \"Empty\",\n      \"description\": \"none\",\n      \"field_count\": 0,\n      \"view_count\": 0\n    }\n  ]\n}"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"nope","arguments":{}}""", 200, """{"result":[{"type":"text","text":"Unknown tool: nope"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"list_tables","arguments":{}}""", 200, """{"result":[{"type":"text","text":"Error: 'base_id'"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"delete_record","arguments":{"base_id":"appX"}}""", 200, """{"result":[{"type":"text","text":"Error: 'table_id'"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"get_field_info","arguments":{"base_id":"appX","table_id":"None"}}""", 200, """{"result":[{"type":"text","text":"Error: Table 'None' not found"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"batch_create_records","arguments":{"base_id":"appX","table_id":"tbl1","records":[]}}""", 200, """{"result":[{"type":"text","text":"Error: 'records' must be a non-empty array"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"batch_update_records","arguments":{"base_id":"appX","table_id":"tbl1","records":[{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}},{"id":"a","fields":{}}]}}""", 200, """{"result":[{"type":"text","text":"Error: Maximum 10 records per batch operation (Airtable limit)"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"find_duplicates","arguments":{"base_id":"appX","table_id":"tbl1","fields":["a"]}}""", 200, """{"result":[{"type":"text","text":"Error: Tool service unavailable: find_duplicates runs in the Python server, and none is configured"}],"success":true,"error":null}""" },
        { "POST", "/tools/call", """{"name":"list_tables"}""", 422, """{"detail":[{"type":"missing","loc":["body","arguments"],"msg":"Field required","input":{"name":"list_tables"}}]}""" },
        { "POST", "/tools/call", """{"arguments":{}}""", 422, """{"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","input":{"arguments":{}}}]}""" },
        { "POST", "/tools/call", """{"name":"a","arguments":null}""", 422, """{"detail":[{"type":"dict_type","loc":["body","arguments"],"msg":"Input should be a valid dictionary","input":null}]}""" },
        { "POST", "/tools/call", """{"name":1,"arguments":{}}""", 422, """{"detail":[{"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string","input":1}]}""" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Route_OfContract_AnswersAsPythonDoes(string method, string path, string? body, int status, string expected)
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync(method, path, body, "X-Trace-ID: trace-7");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal("trace-7", answer.Headers.GetValues("X-Trace-ID").Single());
    }

    [Fact]
    public async Task Tools_Listed_AreTheFourteenInOrder()
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("GET", "/tools");
        var tools = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["tools"]!.AsArray();

        Assert.Equal(
            ["list_tables", "get_records", "create_record", "update_record", "delete_record", "search_records", "create_metadata_table", "batch_create_records", "batch_update_records", "get_field_info", "analyze_table_data", "find_duplicates", "export_table_csv", "sync_tables"],
            tools.Select(tool => (string)tool!["name"]!));
        Assert.All(tools, tool => Assert.Equal(["name", "description", "inputSchema"], tool!.AsObject().Select(member => member.Key)));
    }

    [Fact]
    public async Task Slash_AtTheEnd_IsRedirected()
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("GET", "/tools/");

        Assert.Equal(307, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin: http://evil.example", 403)]
    [InlineData("Origin: http://localhost:3000", 200)]
    [InlineData("X-Other: none", 200)]
    public async Task ToolCall_WithoutKey_IsRefusedToForeignPages(string header, int status)
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("POST", "/tools/call", """{"name":"list_tables","arguments":{"base_id":"appX"}}""", header);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("X-API-Key: client-key", 200)]
    [InlineData("Authorization: Bearer client-key", 200)]
    [InlineData("X-API-Key: wrong", 401)]
    [InlineData("X-Other: none", 401)]
    public async Task Tools_WhereAKeyIsRequired_AskForIt(string header, int status)
    {
        await using var host = await McpHost.StartAsync(settings: ("MCP_REST_REQUIRE_KEY", "true"));

        using var answer = await host.SendAsync("GET", "/tools", null, header);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Body_TooLarge_IsRefused()
    {
        await using var host = await McpHost.StartAsync(settings: ("MCP_MAX_BODY", "2048"));

        using var answer = await host.SendAsync("POST", "/tools/call", $$$"""{"name":"{{{new string('a', 2050)}}}","arguments":{}}""");

        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Execute_ToolThatWorks_TellsProgressThenResult()
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("POST", "/tools/execute", """{"tool_name":"delete_record","arguments":{"base_id":"appX","table_id":"tbl1","record_id":"rec9"},"session_id":"s","stream_progress":true}""");

        Assert.Equal(
            """{"status":"running","progress":0,"message":"Executing delete_record"}""" + "\n" + """{"status":"completed","progress":100,"message":"","result":{"deleted":true,"id":"rec9"}}""" + "\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Execute_ToolThatFails_SaysFailed()
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("POST", "/tools/execute", """{"tool_name":"nope"}""");

        Assert.EndsWith("""{"status":"failed","message":"Unknown tool: nope"}""" + "\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
