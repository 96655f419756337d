using System.Net;

namespace PyAirtable.Gateway.Tests.Tools;

public sealed class ToolEndpointTests
{
    private const string Key = "X-API-Key: " + GatewayHost.Key;
    private const string Watched = "{\"tool_name\":\"airtable_query\",\"arguments\":{\"t\":1.50},\"session_id\":\"s-1\",\"stream_progress\":\"yes\"}";

    [Fact]
    public async Task List_AsksTheModelsService()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("200 OK", "{\"tools\": []}");

        using var answer = await gateway.SendAsync("GET", "/api/tools?x=1", null, Key, "X-Trace-ID: t-1");

        Assert.Equal("{\"tools\":[]}", await answer.TextAsync());
        Assert.Equal(("GET", "/tools"), (gateway.Stub.Last.Method, gateway.Stub.Last.Target));
        Assert.Equal("t-1", gateway.Stub.Last.Header("X-Trace-ID"));
        Assert.Equal(GatewayHost.Key, gateway.Stub.Last.Header("X-API-Key"));
    }

    // body; body at the upstream
    [Theory]
    [InlineData("{ \"tool_name\" : \"q\", \"arguments\" : { \"table\" : \"C\" } }", "{\"tool_name\":\"q\",\"arguments\":{\"table\":\"C\"}}")]
    [InlineData("{}", "{}")]
    [InlineData("{\"stream_progress\":true}", "{\"stream_progress\":true}")]
    [InlineData("{\"stream_progress\":[],\"session_id\":\"s\"}", "{\"stream_progress\":[],\"session_id\":\"s\"}")]
    [InlineData("{\"a\":1,\"a\":2,\"b\":12345678901234567890123}", "{\"a\":2,\"b\":12345678901234567890123}")]
    public async Task Call_Unwatched_AsksTheModelsService(string body, string sent)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("POST", "/api/execute-tool", body, Key, "X-Trace-ID: t-1");

        Assert.Equal("{\"ok\":true}", await answer.TextAsync());
        var seen = gateway.Stub.Last;
        Assert.Equal(("POST", "/execute-tool", sent), (seen.Method, seen.Target, seen.Text));
        Assert.Equal("t-1", seen.Header("X-Trace-ID"));
        Assert.Equal(GatewayHost.Key, seen.Header("X-API-Key"));
    }

    [Theory]
    [InlineData("", "Request body is not valid JSON")]
    [InlineData("{\"a\"", "Request body is not valid JSON")]
    [InlineData("[{}]", "Request body must be a JSON object")]
    [InlineData("null", "Request body must be a JSON object")]
    public async Task Call_WrongBody_IsAnswered400(string body, string detail)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("POST", "/api/execute-tool", body, Key);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"{{\"detail\":\"{detail}\"}}", await answer.TextAsync());
        Assert.Empty(gateway.Stub.Seen);
    }

    [Fact]
    public async Task Call_Watched_AsksTheToolServerAndShowsTheProgress()
    {
        await using var stub = new StubUpstream();
        await using var routes = new StreamedRoutes(stub.Url);
        stub.Answer = static _ => StubUpstream.Reply("200 OK", """
            {"status":"running","progress":50,"message":"Fetching…"}
            {}
            {"status":"completed","progress":100,"result":{"records":[1.50]}}
            {"status":"failed"}
            """);

        var answer = await routes.CallToolAsync(Watched, TestContext.Current.CancellationToken);

        Assert.Equal("200 {\"result\":{\"records\":[1.50]},\"session_id\":\"s-1\",\"tool_name\":\"airtable_query\"}", answer);
        Assert.Equal(
            [
                "s-1 tool_progress {\"tool_name\":\"airtable_query\",\"status\":\"running\",\"progress\":50,\"message\":\"Fetching…\",\"result\":null,\"timestamp\":T}",
                "s-1 tool_progress {\"tool_name\":\"airtable_query\",\"status\":\"running\",\"progress\":0,\"message\":\"\",\"result\":null,\"timestamp\":T}",
                "s-1 tool_progress {\"tool_name\":\"airtable_query\",\"status\":\"completed\",\"progress\":100,\"message\":\"\",\"result\":{\"records\":[1.50]},\"timestamp\":T}",
            ],
            routes.Messages.Seen);
        Assert.Equal("/tools/execute", stub.Last.Target);
        Assert.Equal(Watched.Replace("\"yes\"", "true", StringComparison.Ordinal), stub.Last.Text);
        Assert.Equal("t-1", stub.Last.Header("X-Trace-ID"));
        Assert.Equal(GatewayHost.Key, stub.Last.Header("X-API-Key"));
    }

    // the upstream's status line and body; the answer
    [Theory]
    [InlineData("200 OK", "{\"status\":\"completed\"}", "{\"result\":null,\"session_id\":\"s-1\",\"tool_name\":\"airtable_query\"}")]
    [InlineData("200 OK", "{\"progress\":10}", "{\"result\":null,\"session_id\":\"s-1\",\"tool_name\":\"airtable_query\"}")]
    [InlineData("200 OK", "", "{\"result\":null,\"session_id\":\"s-1\",\"tool_name\":\"airtable_query\"}")]
    [InlineData("200 OK", "{\"status\":\"failed\",\"message\":\"no\"}", "{\"error\":\"no\"}")]
    [InlineData("200 OK", "{\"status\":\"failed\"}", "{\"error\":\"Tool execution failed\"}")]
    [InlineData("200 OK", "\"x\"", "{\"error\":\"Upstream sent JSON that is not an object\"}")]
    [InlineData("502 Bad Gateway", "{}", "{\"error\":\"Tool execution error: 502\"}")]
    [InlineData("404 Not Found", "{}", "{\"error\":\"Tool execution error: 404\"}")]
    public async Task Call_WatchedToItsEnd_IsAnsweredByTheContract(string status, string body, string expected)
    {
        await using var stub = new StubUpstream();
        await using var routes = new StreamedRoutes(stub.Url);
        stub.Answer = _ => StubUpstream.Reply(status, body);

        Assert.Equal("200 " + expected, await routes.CallToolAsync(Watched, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_WatchedWithoutName_IsOfAnUnknownTool()
    {
        await using var stub = new StubUpstream();
        await using var routes = new StreamedRoutes(stub.Url);
        stub.Answer = static _ => StubUpstream.Reply("200 OK", "{\"status\":\"completed\",\"result\":1}");

        var answer = await routes.CallToolAsync("{\"session_id\":\"s\",\"stream_progress\":true}", TestContext.Current.CancellationToken);

        Assert.Equal("200 {\"result\":1,\"session_id\":\"s\",\"tool_name\":\"unknown\"}", answer);
        Assert.StartsWith("s tool_progress {\"tool_name\":\"unknown\",", routes.Messages.Seen.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WatchedThroughTheModule_AsksTheToolServer()
    {
        await using var mcp = new StubUpstream();
        await using var gateway = await GatewayHost.StartAsync(("MCP_SERVER_URL", mcp.Url));
        mcp.Answer = static _ => StubUpstream.Reply("200 OK", "{\"status\":\"completed\",\"result\":[]}");

        using var answer = await gateway.SendAsync("POST", "/api/execute-tool", Watched, Key);

        Assert.Equal("{\"result\":[],\"session_id\":\"s-1\",\"tool_name\":\"airtable_query\"}", await answer.TextAsync());
        Assert.Empty(gateway.Stub.Seen);
    }
}
