namespace PyAirtable.Gateway.Tests.Families;

public sealed class CorsTests
{
    private const string Known = "http://localhost:3000";

    // path, origin; allow-origin, credentials, vary
    [Theory]
    [InlineData("/api/health", Known, Known, "true", "Origin")]
    [InlineData("/api/health", "http://evil", null, "true", null)]
    [InlineData("/api/health", null, null, null, null)]
    [InlineData("/nope", Known, Known, "true", "Origin")]
    [InlineData("/health", Known, Known, null, "Origin")]
    [InlineData("/health", "http://evil", null, null, "Origin")]
    [InlineData("/api/llm/x", Known, Known, null, "Origin, Accept-Encoding")]
    [InlineData("/api/llm/x", "http://evil", null, null, "Origin, Accept-Encoding")]
    public async Task Answer_ByPathAndOrigin_HasItsFamilysHeaders(string path, string? origin, string? allowed, string? credentials, string? vary)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("200 OK", "{}", "Access-Control-Allow-Origin: *", "access-control-allow-credentials: true", "Vary: Accept-Encoding");

        using var answer = await gateway.SendAsync("GET", path, null, origin is null ? ["X-API-Key: " + GatewayHost.Key] : ["X-API-Key: " + GatewayHost.Key, "Origin: " + origin]);

        Assert.Equal(allowed, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(credentials, answer.Header("Access-Control-Allow-Credentials"));
        Assert.Equal(vary, answer.Header("Vary"));
    }

    [Fact]
    public async Task Preflight_OfAPythonRoute_NamesMethodsAndHeaders()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("OPTIONS", "/api/chat", null, "Origin: " + Known, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-api-key, Content-Type");

        Assert.Equal("GET, POST, PUT, PATCH, DELETE, OPTIONS", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal("Accept, Accept-Language, Authorization, Content-Language, Content-Type, X-API-Key, X-Trace-ID", answer.Header("Access-Control-Allow-Headers"));
        Assert.Equal("600", answer.Header("Access-Control-Max-Age"));
        Assert.Equal(Known, answer.Header("Access-Control-Allow-Origin"));
        Assert.NotNull(answer.Header("X-Trace-ID"));
    }

    [Fact]
    public async Task Preflight_OfAGoRoute_NamesMethodsAndHeaders()
    {
        await using var gateway = await GatewayHost.StartAsync(("CORS_ORIGINS", "*"));

        using var answer = await gateway.SendAsync("OPTIONS", "/api/platform/x", null, "Origin: http://any");

        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET,POST,PUT,PATCH,DELETE,OPTIONS", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal("Origin,Content-Type,Accept,Authorization,X-API-Key,X-Trace-ID,X-Request-ID", answer.Header("Access-Control-Allow-Headers"));
        Assert.Empty(gateway.Stub.Seen);
    }
}
