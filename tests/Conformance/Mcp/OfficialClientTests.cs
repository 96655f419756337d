using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PyAirtable.Testing;

namespace PyAirtable.Conformance.Mcp;

/// <summary>The MCP server as the official TypeScript client sees it, in both of its generations, over streamable HTTP and over stdio.</summary>
public sealed class OfficialClientTests(McpServer server) : IClassFixture<McpServer>
{
    // Contract 1.5: names and their order.
    private static readonly string[] ToolNames =
    [
        "list_tables", "get_records", "create_record", "update_record", "delete_record", "search_records", "create_metadata_table", "batch_create_records",
        "batch_update_records", "get_field_info", "analyze_table_data", "find_duplicates", "export_table_csv", "sync_tables",
    ];

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Generation of the client and transport.</summary>
    public static TheoryData<string, string> Connections => new() { { "sdk", "http" }, { "sdk", "stdio" }, { "client", "http" }, { "client", "stdio" } };

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Initialize_ByOfficialClient_NegotiatesVersionAndCapabilities(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "initialize", transport);

        Assert.Equal("airtable-mcp", Text(seen["server"]!["name"]));
        Assert.Equal("1.0.0", Text(seen["server"]!["version"]));
        Assert.All(["tools", "resources", "logging"], name => Assert.NotNull(seen["capabilities"]![name]));
        if (transport == "http")
        {
            Assert.Equal("2025-11-25", Text(seen["protocol"]));
            Assert.NotEmpty(Text(seen["session"]));
        }
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Ping_Twice_IsAnswered(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "ping", transport);

        Assert.Equal("{}", seen["first"]!.ToJsonString());
        Assert.Equal("{}", seen["second"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task ListTools_AllPages_HasTheContractsToolsWithSchemas(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "list", transport);

        var tools = seen["tools"]!.AsArray();
        Assert.Equal(ToolNames, tools.Select(tool => Text(tool!["name"])));
        Assert.All(tools, tool => Assert.Equal("object", Text(tool!["inputSchema"]!["type"])));
        Assert.Equal(["base_id", "table_id", "fields"], tools[2]!["inputSchema"]!["required"]!.AsArray().Select(Text));
        Assert.Null(seen["next"]);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task CallTool_NativeTools_GiveTextAndTheSameStructured(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "call", transport);

        var tables = Result(seen["tables"]);
        Assert.Equal(1, (int)tables["table_count"]!);
        Assert.Equal("Tasks", Text(tables["tables"]![0]!["name"]));
        Assert.Equal(2, Result(seen["records"])["records"]!.AsArray().Count);
        Assert.Equal(4, (int)Result(seen["fields"])["total_fields"]!);
        var created = Result(seen["created"]);
        Assert.Equal("""{"Name":"Grüße","Effort":"9007199254740993"}""", created["fields"]!.ToJsonString(Unescaped));
        Assert.Equal(Text(created["id"]), Text(Result(seen["deleted"])["id"]));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task CallTool_RefusedCalls_SayWhatIsWrongAndKeepTheSession(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "refusals", transport);

        Assert.Contains("table_id", Failure(seen["argument"]), StringComparison.Ordinal);
        Assert.Contains("max_records", Failure(seen["kind"]), StringComparison.Ordinal);
        Assert.Contains("404 Client Error", Failure(seen["missing"]), StringComparison.Ordinal);
        Assert.Equal(-32602, (int)seen["tool"]!["code"]!);
        Assert.Contains("no_such_tool", Text(seen["tool"]!["message"]), StringComparison.Ordinal);
        Assert.Equal("{}", seen["after"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task CallTool_WithProgressHandler_IsToldEachStep(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "progress", transport);

        var steps = seen["seen"]!.AsArray().Select(step => (double)step!["progress"]!).ToList();
        Assert.True(steps.Count >= 3, $"progress came {steps.Count} times");
        Assert.Equal(steps.Order(), steps);
        Assert.Equal(3, Result(seen["result"])["updated_records"]!.AsArray().Count);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task CallTool_Cancelled_HangsUpOnTheUpstreamAndKeepsTheSession(string generation, string transport)
    {
        var before = server.Airtable.Abandoned;

        var seen = await NodePrograms.RunClientAsync(generation, "cancel", server.Target(transport), () => server.Airtable.Waiting > 0);

        Assert.Contains("no longer needed", Text(seen["error"]!["message"]), StringComparison.Ordinal);
        Assert.Single(Result(seen["after"])["records"]!.AsArray());
        await Eventually.TrueAsync(() => server.Airtable.Abandoned > before);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task CallTool_ClientsTimeout_HangsUpOnTheUpstreamAndKeepsTheSession(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "timeout", transport);

        Assert.Contains("timed out", Text(seen["error"]!["message"]), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("{}", seen["after"]!.ToJsonString());
        await Eventually.TrueAsync(() => server.Airtable.Waiting == 0);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task SetLoggingLevel_DebugThenError_IsSentWhatIsOfTheLevel(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "logging", transport);

        Assert.Equal(
            [("debug", "get_records succeeded"), ("error", "list_tables failed")],
            seen["messages"]!.AsArray().Select(message => (Text(message!["level"]), Text(message["data"]!["message"]).Split(':')[0])));
    }

    [Theory]
    [InlineData("sdk")]
    [InlineData("client")]
    public async Task CallTool_WhoseConnectionIsCut_GetsItsResultOverTheNextOne(string generation)
    {
        var before = server.Airtable.Held;

        var seen = await NodePrograms.RunClientAsync(generation, "resume", server.Target("http"), () => server.Airtable.Held > before);

        Assert.Equal(3, Result(seen["result"])["records"]!.AsArray().Count);
        Assert.Equal(before + 1, server.Airtable.Held);
        var resumed = Assert.Single(seen["seen"]!.AsArray());
        Assert.Equal((200, Text(seen["tokens"]![0])), ((int)resumed!["status"]!, Text(resumed["id"])));
        Assert.Equal("{}", seen["after"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task ReadResource_BasesAndSchema_AreAsTheAirtableGatewayHasThem(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "resources", transport);

        Assert.Contains("airtable://bases", seen["list"]!.AsArray().Select(resource => Text(resource!["uri"])));
        Assert.Contains("airtable://bases/{base_id}/schema", seen["templates"]!.AsArray().Select(template => Text(template!["uriTemplate"])));
        Assert.Contains("appTest", Text(seen["bases"]!["contents"]![0]!["text"]), StringComparison.Ordinal);
        Assert.Contains("tblTasks", Text(seen["schema"]!["contents"]![0]!["text"]), StringComparison.Ordinal);
        Assert.NotNull(seen["unknown"]!["code"]);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Sessions_FiveAtOnce_AnswerEachTheirOwnCalls(string generation, string transport)
    {
        var seen = await SeeAsync(generation, "sessions", transport);

        Assert.Equal(Enumerable.Repeat<int[]>([1, 2, 3, 4], 5).SelectMany(counts => counts), seen["counts"]!.AsArray().Select(count => (int)count!));
        Assert.Equal(4, seen["after"]!.AsArray().Count);
        if (transport == "http")
        {
            Assert.Equal(5, seen["sessions"]!.AsArray().Select(Text).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("sdk")]
    [InlineData("client")]
    public async Task TerminateSession_OverHttp_EndsIt(string generation)
    {
        var seen = await SeeAsync(generation, "terminate", "http");

        Assert.NotEmpty(Text(seen["session"]));
        Assert.Null(seen["cleared"]);
        Assert.Equal(404, (int)seen["status"]!);
    }

    [Theory]
    [InlineData("sdk")]
    [InlineData("client")]
    public async Task Connect_WithoutTheKey_IsRefused(string generation)
    {
        var seen = await SeeAsync(generation, "keys", "http");

        Assert.NotNull(seen["none"]);
        Assert.NotNull(seen["wrong"]);
    }

    private Task<JsonObject> SeeAsync(string generation, string scenario, string transport) => NodePrograms.RunClientAsync(generation, scenario, server.Target(transport));

    private static string Text(JsonNode? node) => (string)node!;

    // The JSON of a result's one text, which its structured content is too.
    private static JsonNode Result(JsonNode? result)
    {
        Assert.NotEqual(true, (bool?)result!["isError"]);
        var text = JsonNode.Parse(Text(Assert.Single(result["content"]!.AsArray())!["text"]))!;
        Assert.True(JsonNode.DeepEquals(text, result["structuredContent"]), result.ToJsonString());
        return text;
    }

    private static string Failure(JsonNode? result)
    {
        Assert.True((bool)result!["isError"]!, result.ToJsonString());
        return Text(result["content"]![0]!["text"]);
    }
}
