using PyAirtable.Gateway.Documentation;

namespace PyAirtable.Gateway.Tests;

public sealed class GatewayContractTests
{
    private const string NotFound = """
        {"error":"Endpoint not found","path":"PATH","available_endpoints":["/api/health","/api/chat","/api/tools","/api/airtable/*","/api/execute-tool","/api/sessions/{session_id}/history","/ws","/api/websocket/stats"]}
        """;

    private const string WrongKey = "{\"detail\":\"Invalid API key\"}";

    private static readonly string[] WithKey = ["X-API-Key: " + GatewayHost.Key];

    public static TheoryData<Scenario> Scenarios => new((Scenario[])
    [
        new("landing page", "GET", "/", [], null, 200, """
            {"service":"PyAirtable API Gateway","version":"1.0.0","endpoints":{"health":"/api/health","chat":"/api/chat","tools":"/api/tools","airtable":"/api/airtable/*","websocket":"/ws"}}
            """),
        new("landing page is no HEAD", "HEAD", "/", [], null, 405, ""),
        new("unknown path", "GET", "/api/nope?x=1", [], null, 404, NotFound.Replace("PATH", "/api/nope", StringComparison.Ordinal)),
        new("unknown path, decoded", "GET", "/caf%C3%A9%2Fx", [], null, 404, NotFound.Replace("PATH", "/café/x", StringComparison.Ordinal)),
        new("case counts", "GET", "/API/health", [], null, 404, NotFound.Replace("PATH", "/API/health", StringComparison.Ordinal)),
        new("prefix text is no prefix", "GET", "/api/llmx", [], null, 404, NotFound.Replace("PATH", "/api/llmx", StringComparison.Ordinal)),
        new("plain ws", "GET", "/ws", [], null, 404, NotFound.Replace("PATH", "/ws", StringComparison.Ordinal)),
        new("wrong method", "POST", "/api/health", [], "", 405, "{\"detail\":\"Method Not Allowed\"}"),
        new("options without preflight", "OPTIONS", "/api/health", [], null, 405, "{\"detail\":\"Method Not Allowed\"}"),
        new("wrong method beats key", "HEAD", "/api/airtable/x", [], null, 405, ""),
        new("wrong method on health", "POST", "/health/", [], "", 404, NotFound.Replace("PATH", "/health/", StringComparison.Ordinal)),
        new("head of openapi", "HEAD", "/openapi.json", [], null, 200, ""),
        new("head of docs", "HEAD", "/docs", [], null, 200, ""),
        new("wrong method on docs", "POST", "/docs", [], "", 405, "{\"detail\":\"Method Not Allowed\"}"),
        new("airtable without key", "GET", "/api/airtable/x", [], null, 401, WrongKey),
        new("airtable with empty key", "GET", "/api/airtable/x", ["X-API-Key: "], null, 401, WrongKey),
        new("airtable with empty key does not ask the query", "GET", "/api/airtable/x?api_key=" + GatewayHost.Key, ["X-API-Key: "], null, 401, WrongKey),
        new("airtable with wrong key beats bad body", "POST", "/api/airtable/x", ["X-API-Key: no"], "{", 401, WrongKey),
        new("airtable with key in query", "GET", "/api/airtable/x?api_key=" + GatewayHost.Key, [], null, 200, "{\"ok\":true}"),
        new("airtable with bad body", "POST", "/api/airtable/x", WithKey, "{", 400, "{\"detail\":\"Request body is not valid JSON\"}"),
        new("airtable with NaN", "POST", "/api/airtable/x", WithKey, "{\"a\":NaN}", 400, "{\"detail\":\"Request body is not valid JSON\"}"),
        new("airtable with half a surrogate pair", "POST", "/api/airtable/x", WithKey, "\"\\ud800\"", 400, "{\"detail\":\"Request body is not valid JSON\"}"),
        new("chat without key beats bad body", "POST", "/api/chat", [], "{", 401, WrongKey),
        new("chat with empty key", "POST", "/api/chat", ["X-API-Key: "], "{", 401, WrongKey),
        new("chat with wrong key", "POST", "/api/chat", ["X-API-Key: " + GatewayHost.Key + "x"], "{}", 401, WrongKey),
        new("chat with key in wrong case", "POST", "/api/chat", ["X-API-Key: Gateway-Key"], "{}", 401, WrongKey),
        new("chat with key in query", "POST", "/api/chat?api_key=" + GatewayHost.Key, [], "{}", 401, WrongKey),
        new("chat with bearer", "POST", "/api/chat", ["Authorization: Bearer " + GatewayHost.Key], "{}", 401, WrongKey),
        new("chat with GET", "GET", "/api/chat", [], null, 405, "{\"detail\":\"Method Not Allowed\"}"),
        new("tools without key", "GET", "/api/tools", [], null, 401, WrongKey),
        new("tools with wrong key", "GET", "/api/tools", ["X-API-Key: no"], null, 401, WrongKey),
        new("tools with HEAD", "HEAD", "/api/tools", WithKey, null, 405, ""),
        new("tools with options", "OPTIONS", "/api/tools", WithKey, null, 405, "{\"detail\":\"Method Not Allowed\"}"),
        new("tools below", "GET", "/api/tools/x", WithKey, null, 404, NotFound.Replace("PATH", "/api/tools/x", StringComparison.Ordinal)),
        new("execute-tool without key beats bad body", "POST", "/api/execute-tool", [], "{", 401, WrongKey),
        new("execute-tool with wrong key", "POST", "/api/execute-tool", ["X-API-Key: no"], "{", 401, WrongKey),
        new("history without key", "GET", "/api/sessions/x/history", [], null, 401, WrongKey),
        new("history with wrong key", "GET", "/api/sessions/x/history", ["X-API-Key: no"], null, 401, WrongKey),
        new("delete session without key", "DELETE", "/api/sessions/x", [], null, 401, WrongKey),
        new("delete session with wrong method", "POST", "/api/sessions/x", [], "", 405, "{\"detail\":\"Method Not Allowed\"}"),
        new("proxy without key", "GET", "/api/llm/x", [], null, 401, "{\"error\":\"API key required\"}"),
        new("proxy with wrong key", "GET", "/api/mcp/x", ["X-API-Key: no"], null, 401, "{\"error\":\"Invalid API key\"}"),
        new("proxy with wrong key in query", "GET", "/api/platform/x?api_key=no", [], null, 401, "{\"error\":\"Invalid API key\"}"),
        new("proxy with key in query", "GET", "/api/automation/x?api_key=" + GatewayHost.Key, [], null, 200, "{\"ok\":true}"),
        new("proxy with key in header", "DELETE", "/api/llm/x", WithKey, null, 200, "{\"ok\":true}"),
        new("dot segment under a prefix", "GET", "/api/llm/../mcp/x", WithKey, null, 404, NotFound.Replace("PATH", "/api/llm/../mcp/x", StringComparison.Ordinal)),
        new("encoded dot segment under a prefix", "GET", "/api/llm/%2e%2E/x", WithKey, null, 404, NotFound.Replace("PATH", "/api/llm/../x", StringComparison.Ordinal)),
        new("dots between encoded slashes", "GET", "/api/llm/a%2f..%2fb", WithKey, null, 404, NotFound.Replace("PATH", "/api/llm/a/../b", StringComparison.Ordinal)),
        new("dots between backslashes", "GET", "/api/llm/a%5c..%5cb", WithKey, null, 404, NotFound.Replace("PATH", "/api/llm/a\\\\..\\\\b", StringComparison.Ordinal)),
        new("dot segment under airtable", "GET", "/api/airtable/%2e/x", WithKey, null, 404, NotFound.Replace("PATH", "/api/airtable/./x", StringComparison.Ordinal)),
        new("dot segment that leads to a route", "GET", "/x/../api/health", [], null, 404, NotFound.Replace("PATH", "/x/../api/health", StringComparison.Ordinal)),
        new("preflight on an unknown path", "OPTIONS", "/nope", ["Origin: http://localhost:3000", "Access-Control-Request-Method: POST"], null, 200, "OK"),
        new("preflight refused", "OPTIONS", "/api/chat", ["Origin: http://evil", "Access-Control-Request-Method: TRACE", "Access-Control-Request-Headers: X-Evil"], null, 400, "Disallowed CORS origin, method, headers"),
        new("preflight of a proxy route", "OPTIONS", "/api/llm/x", ["Origin: http://evil"], null, 204, ""),
    ]);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Route_ByTheContract_Answers(Scenario scenario)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(scenario.Method, scenario.Path, scenario.Body, scenario.Headers);

        Assert.Equal(scenario.Expected, await answer.TextAsync());
        Assert.Equal(scenario.Status, (int)answer.StatusCode);
        Assert.NotNull(answer.Header("X-Trace-ID"));
        Assert.NotNull(answer.Header("X-Request-ID"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Airtable_WithWrongMethod_NamesTheRightOnes()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("HEAD", "/api/airtable/x");

        Assert.Equal(["DELETE", "GET", "PATCH", "POST", "PUT"], answer.Header("Allow")!.Split(", ").Order());
    }

    [Theory]
    [InlineData("/api/health/", "/api/health")]
    [InlineData("/api/airtable?x=1", "/api/airtable/?x=1")]
    [InlineData("/docs/", "/docs")]
    [InlineData("/api/chat/", "/api/chat", "POST")]
    [InlineData("/api/tools///?a=%20b&a=c", "/api/tools?a=%20b&a=c", "DELETE")]
    [InlineData("/api/sessions/caf%C3%A9%20x/", "/api/sessions/caf%C3%A9%20x")]
    [InlineData("/api/sessions/x/history/", "/api/sessions/x/history", "PUT")]
    public async Task Path_WithMissingOrSurplusSlash_IsRedirected(string path, string location, string method = "GET")
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(method, path);

        Assert.Equal(307, (int)answer.StatusCode);
        Assert.Equal(gateway.Host.Urls["gateway"] + location, answer.Header("Location"));
        Assert.NotNull(answer.Header("X-Trace-ID"));
        Assert.Equal("", await answer.TextAsync());
    }

    [Fact]
    public async Task OpenApi_AndTheRoutes_AreTheSameSet()
    {
        await using var gateway = await GatewayHost.StartAsync(("CUTOVER_ADMIN_KEY", "an-admin-key-of-some-length"));
        using var document = System.Text.Json.JsonDocument.Parse(EmbeddedFile.ReadAll("openapi.json"));

        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(entry => entry.Name != "parameters"), (path, method) => $"{method.Name.ToUpperInvariant()} {path.Name}");
        var served = gateway.Module.Routes.Select(route =>
            $"{route.Method} {route.Template.Replace("{*path}", "{path}", StringComparison.Ordinal).Replace("/*", "/{path}", StringComparison.Ordinal)}");

        Assert.Equal(served.Order(), described.Order());
    }
}
