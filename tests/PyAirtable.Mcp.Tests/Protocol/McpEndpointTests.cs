using System.Net;
using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests.Protocol;

public sealed class McpEndpointTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";
    private const string Both = "Accept: application/json, text/event-stream";
    private const string Right = "X-API-Key: client-key";

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Initialize_KnownVersion_IsAgreedOn(string version)
    {
        await using var host = await McpHost.StartAsync();
        var client = new RpcClient(host);

        var result = (await client.AskAsync("initialize", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"c","version":"1"}}"""))["result"]!;

        Assert.Equal(version, (string)result["protocolVersion"]!);
        Assert.Equal(("airtable-mcp", "1.0.0"), ((string)result["serverInfo"]!["name"]!, (string)result["serverInfo"]!["version"]!));
        Assert.True((bool)result["capabilities"]!["tools"]!["listChanged"]!);
    }

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2099-01-01")]
    [InlineData("latest")]
    public async Task Initialize_VersionThatIsNotServed_IsAnsweredWithTheNewestAndWorks(string version)
    {
        await using var host = await McpHost.StartAsync();
        var client = new RpcClient(host);

        var result = (await client.AskAsync("initialize", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"c","version":"1"}}"""))["result"]!;

        Assert.Equal("2025-11-25", (string)result["protocolVersion"]!);
        Assert.Equal(2, (int)(await client.CallAsync("list_tables", """{"base_id":"appX"}"""))["structuredContent"]!["table_count"]!);
    }

    [Fact]
    public async Task Session_Opened_ListsCallsAndPings()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        var ping = await client.AskAsync("ping");
        var list = await client.AskAsync("tools/list");
        var result = await client.CallAsync("list_tables", """{"base_id":"appX"}""");

        Assert.Equal("{}", ping["result"]!.ToJsonString());
        Assert.Equal(14, list["result"]!["tools"]!.AsArray().Count);
        Assert.Equal(2, (int)result["structuredContent"]!["table_count"]!);
        Assert.Equal(result["structuredContent"]!.ToJsonString(), JsonNode.Parse((string)result["content"]![0]!["text"]!)!.ToJsonString());
    }

    [Fact]
    public async Task Call_WithAProgressToken_TellsProgressBeforeTheResult()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        var messages = await client.MessagesAsync("tools/call", """{"name":"batch_update_records","arguments":{"base_id":"appX","table_id":"tbl1","records":[{"id":"a","fields":{}},{"id":"b","fields":{}}]},"_meta":{"progressToken":"p1"}}""");

        var progress = messages.Where(message => (string?)message["method"] == "notifications/progress").ToList();
        Assert.All(progress, message => Assert.Equal("p1", (string)message["params"]!["progressToken"]!));
        Assert.Equal([0, 0.5, 1], progress.Select(message => (double)message["params"]!["progress"]!));
        Assert.NotNull(messages[^1]["result"]);
    }

    [Fact]
    public async Task Cancelled_ACallUnderWay_AbortsTheCallOfAirtable()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        var client = await RpcClient.OpenAsync(host);

        var call = client.PostAsync("""{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"get_records","arguments":{"base_id":"appX","table_id":"tbl1"}}}""");
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);
        using var told = await client.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99,"reason":"enough"}}""");

        await Eventually.TrueAsync(() => host.Airtable.Aborted == 1);
        Assert.Equal(HttpStatusCode.Accepted, told.StatusCode);
        _ = call;
    }

    [Fact]
    public async Task Client_GoneAway_AbortsTheCallOfAirtable()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        var client = await RpcClient.OpenAsync(host);
        using var gone = new CancellationTokenSource();

        var call = client.PostAsync("""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_records","arguments":{"base_id":"appX","table_id":"tbl1"}}}""", gone.Token);
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);
        await gone.CancelAsync();

        await Eventually.TrueAsync(() => host.Airtable.Aborted == 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("unknown/method", "{}", -32601)]
    [InlineData("tools/call", """{"name":"nope","arguments":{}}""", -32602)]
    public async Task Request_ThatIsWrong_IsAnError(string method, string parameters, int code)
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        Assert.Equal(code, (int)(await client.AskAsync(method, parameters))["error"]!["code"]!);
    }

    [Fact]
    public async Task Arguments_ThatDoNotFit_AreAnErrorOfTheToolWithTheirPaths()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        var result = await client.CallAsync("batch_update_records", """{"base_id":1,"records":[{"id":"a","fields":{}},{"id":2}]}""");

        Assert.True((bool)result["isError"]!);
        Assert.Equal(
            "Error: Invalid arguments for batch_update_records: 'table_id' is required; 'base_id' must be a string, not this number; 'records[1].fields' is required; 'records[1].id' must be a string, not this number",
            (string)result["content"]![0]!["text"]!);
        Assert.Empty(host.Airtable.Seen);
    }

    public static readonly TheoryData<string, string[], int, int> Refused = new()
    {
        { "{", [Both, Right], 400, -32700 },
        { "", [Both, Right], 400, -32700 },
        { "[]", [Both, Right], 400, -32600 },
        { "1", [Both, Right], 400, -32600 },
        { "{}", [Both, Right], 400, -32600 },
        { """{"jsonrpc":"1.0","id":1,"method":"ping"}""", [Both, Right], 400, -32600 },
        { """{"jsonrpc":"2.0","id":{},"method":"ping"}""", [Both, Right], 400, -32600 },
        { """{"jsonrpc":"2.0","id":1,"method":"ping"}""", [Both, Right], 400, -32000 },
        { """{"jsonrpc":"2.0","id":1,"method":"ping"}""", [Both, Right, "Mcp-Session-Id: none"], 404, -32001 },
        { Initialize, ["Accept: application/json", Right], 406, -32000 },
        { Initialize, [Both, Right, "Origin: http://evil.example"], 403, -32000 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Post_ThatIsNoMessageOfASession_IsRefused(string body, string[] headers, int status, int code)
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("POST", "/mcp", body, headers);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["code"]!);
    }

    [Theory]
    [InlineData("X-API-Key: wrong", 401)]
    [InlineData("Authorization: Bearer wrong", 401)]
    [InlineData("X-Other: a", 401)]
    [InlineData("X-API-Key: client-key", 200)]
    [InlineData("Authorization: Bearer client-key", 200)]
    public async Task Post_Key_IsAskedFor(string header, int status)
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("POST", "/mcp", Initialize, Both, header);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Post_TooLarge_IsRefused()
    {
        await using var host = await McpHost.StartAsync(settings: ("MCP_MAX_BODY", "2048"));

        using var answer = await host.SendAsync("POST", "/mcp", $$"""{"jsonrpc":"2.0","id":1,"method":"{{new string('a', 2050)}}"}""", Both, Right);

        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Session_OfAnotherKey_IsNotFound()
    {
        await using var host = await McpHost.StartAsync(settings: ("API_KEYS", "second-key"));
        var client = await RpcClient.OpenAsync(host);

        using var answer = await host.SendAsync("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"ping"}""", Both, "X-API-Key: second-key", $"Mcp-Session-Id: {client.Session}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Session_Deleted_IsGone()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        using var deleted = await host.SendAsync("DELETE", "/mcp", null, Right, $"Mcp-Session-Id: {client.Session}");
        using var after = await client.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (deleted.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task Sessions_MoreThanAllowed_AreRefused()
    {
        await using var host = await McpHost.StartAsync(settings: ("MCP_MAX_SESSIONS", "2"));
        await RpcClient.OpenAsync(host);
        await RpcClient.OpenAsync(host);

        using var third = await host.SendAsync("POST", "/mcp", Initialize, Both, Right);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
        Assert.Equal("60", third.Headers.RetryAfter!.ToString());
    }

    [Fact]
    public async Task Session_NotUsedForLong_Ends()
    {
        var clock = new ManualTime();
        await using var host = await McpHost.StartAsync(clock: clock, settings: ("MCP_SESSION_IDLE_TIMEOUT", "30s"));
        var client = await RpcClient.OpenAsync(host);

        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            using var metrics = await host.SendAsync("GET", "/metrics");
            return (await metrics.Content.ReadAsStringAsync()).Contains("pyairtable_mcp_sessions 0", StringComparison.Ordinal);
        });

        using var answer = await client.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Stream_OfASession_TellsThatTheToolsChanged()
    {
        await using var host = await McpHost.StartAsync(python: true);
        host.Python!.Tools = """[{"name":"extra","description":"more","inputSchema":{"type":"object"}}]""";
        var client = await RpcClient.OpenAsync(host);
        using var stream = await host.SendAsync("GET", "/mcp", null, "Accept: text/event-stream", Right, $"Mcp-Session-Id: {client.Session}");
        using var second = await host.SendAsync("GET", "/mcp", null, "Accept: text/event-stream", Right, $"Mcp-Session-Id: {client.Session}");

        await client.AskAsync("tools/list");

        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        var line = "";
        while (!line.StartsWith("data: {", StringComparison.Ordinal))
        {
            line = await reader.ReadLineAsync() ?? throw new EndOfStreamException();
        }
        Assert.Contains("notifications/tools/list_changed", line, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
    }

    [Fact]
    public async Task Resources_OfBases_AreListedAndRead()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        var list = (await client.AskAsync("resources/list"))["result"]!["resources"]!.AsArray();
        var templates = (await client.AskAsync("resources/templates/list"))["result"]!["resourceTemplates"]!.AsArray();
        var schema = await client.AskAsync("resources/read", """{"uri":"airtable://bases/appX/schema"}""");
        var none = await client.AskAsync("resources/read", """{"uri":"file:///etc/passwd"}""");

        Assert.Equal(["airtable://bases", "airtable://bases/appX/schema"], list.Select(resource => (string)resource!["uri"]!));
        Assert.Equal("airtable://bases/{base_id}/schema", (string)templates[0]!["uriTemplate"]!);
        Assert.Equal("appX", (string)JsonNode.Parse((string)schema["result"]!["contents"]![0]!["text"]!)!["base_id"]!);
        Assert.NotNull(none["error"]);
    }

    [Fact]
    public async Task Rules_OfAKey_HideAndRefuseTools()
    {
        await using var host = await McpHost.StartAsync(settings: [("API_KEYS", "second-key"), ("MCP_TOOL_RULES", "second-key=list_tables,get_records;*=!delete_record")]);
        var first = await RpcClient.OpenAsync(host);
        var second = await RpcClient.OpenAsync(host, "second-key");

        var ofFirst = (await first.AskAsync("tools/list"))["result"]!["tools"]!.AsArray().Select(tool => (string)tool!["name"]!).ToList();
        var ofSecond = (await second.AskAsync("tools/list"))["result"]!["tools"]!.AsArray().Select(tool => (string)tool!["name"]!).ToList();
        var refused = await second.CallAsync("create_record", """{"base_id":"appX","table_id":"tbl1","fields":{}}""");

        Assert.Equal((13, false), (ofFirst.Count, ofFirst.Contains("delete_record")));
        Assert.Equal(["list_tables", "get_records"], ofSecond);
        Assert.True((bool)refused["isError"]!);
        Assert.Equal("Error: Tool 'create_record' is not allowed for this API key", (string)refused["content"]![0]!["text"]!);
        Assert.Empty(host.Airtable.Seen);
    }

    [Fact]
    public async Task Calls_OfTools_AreCounted()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        await client.CallAsync("list_tables", """{"base_id":"appX"}""");
        await client.CallAsync("list_tables", "{}");
        using var answer = await host.SendAsync("GET", "/metrics");
        var metrics = await answer.Content.ReadAsStringAsync();

        Assert.Contains("""pyairtable_mcp_tool_calls_total{tool="list_tables",route="native",outcome="ok"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("""pyairtable_mcp_tool_calls_total{tool="list_tables",route="native",outcome="invalid"} 1""", metrics, StringComparison.Ordinal);
    }
}
