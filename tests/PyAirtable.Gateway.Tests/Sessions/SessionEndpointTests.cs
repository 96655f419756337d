namespace PyAirtable.Gateway.Tests.Sessions;

public sealed class SessionEndpointTests
{
    private const string Key = "X-API-Key: " + GatewayHost.Key;

    // method, path; target at the upstream
    [Theory]
    [InlineData("GET", "/api/sessions/user123/history", "/sessions/user123/history")]
    [InlineData("GET", "/api/sessions/user123/history?limit=1", "/sessions/user123/history")]
    [InlineData("DELETE", "/api/sessions/user123", "/sessions/user123")]
    [InlineData("DELETE", "/api/sessions/a%23b?x=1", "/sessions/a%23b")]
    [InlineData("GET", "/api/sessions/a%3Fb%25/history", "/sessions/a%3Fb%25/history")]
    [InlineData("GET", "/api/sessions/a%252Fb/history", "/sessions/a%252Fb/history")]
    [InlineData("GET", "/api/sessions/caf%C3%A9%20x+y/history", "/sessions/caf%C3%A9%20x%2By/history")]
    [InlineData("GET", "/api/sessions/%75ser.%31/history", "/sessions/user.1/history")]
    [InlineData("GET", "/api/sessions/.../history", "/sessions/.../history")]
    [InlineData("GET", "/%61pi/sessions/history/history", "/sessions/history/history")]
    public async Task Request_ByTheContract_ReachesTheUpstream(string method, string path, string target)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(method, path, method == "DELETE" ? "{\"ignored\":1}" : null, Key, "X-Trace-ID: t-1");

        Assert.Equal("{\"ok\":true}", await answer.TextAsync());
        var seen = gateway.Stub.Last;
        Assert.Equal((method, target, ""), (seen.Method, seen.Target, seen.Text));
        Assert.Equal("t-1", seen.Header("X-Trace-ID"));
        Assert.Equal(GatewayHost.Key, seen.Header("X-API-Key"));
    }

    [Theory]
    [InlineData("GET", "/api/sessions/%2e%2e/history", "/api/sessions/../history")]
    [InlineData("GET", "/api/sessions/./history", "/api/sessions/./history")]
    [InlineData("DELETE", "/api/sessions/%2E", "/api/sessions/.")]
    [InlineData("DELETE", "/api/sessions/..", "/api/sessions/..")]
    [InlineData("GET", "/api/sessions/a%2Fb/history", "/api/sessions/a/b/history")]
    [InlineData("DELETE", "/api/sessions/a%2Fb", "/api/sessions/a/b")]
    [InlineData("GET", "/api/sessions//history", "/api/sessions//history")]
    [InlineData("GET", "/api/sessions/a/b/history", "/api/sessions/a/b/history")]
    [InlineData("GET", "/api/sessions", "/api/sessions")]
    public async Task Request_WithoutOneSegment_IsUnknown(string method, string path, string named)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(method, path, null, Key);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.StartsWith($"{{\"error\":\"Endpoint not found\",\"path\":\"{named}\",", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Stub.Seen);
    }

    [Fact]
    public async Task Delete_WithEmptyAnswer_Is204()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray();

        using var answer = await gateway.SendAsync("DELETE", "/api/sessions/x", null, Key);

        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Null(answer.Header("Content-Type"));
        Assert.NotNull(answer.Header("X-Trace-ID"));
    }

    [Fact]
    public async Task Get_SessionItself_IsNoMethodOfIt()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("GET", "/api/sessions/x");

        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Equal("DELETE", answer.Header("Allow"));
        Assert.Equal("{\"detail\":\"Method Not Allowed\"}", await answer.TextAsync());
    }
}
