using System.Text.Json;
using PyAirtable.Gateway.Health;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/ready")]
    public async Task Health_OfTheGateway_HasTheGoKeys(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("GET", path);
        using var head = await gateway.SendAsync("HEAD", path);
        using var body = JsonDocument.Parse(await answer.TextAsync());

        Assert.Equal(["service", "status", "timestamp", "uptime", "version"], body.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("healthy", body.RootElement.GetProperty("status").GetString());
        Assert.Equal("require-corp", answer.Header("Cross-Origin-Embedder-Policy"));
        Assert.Equal(200, (int)head.StatusCode);
        Assert.Empty(gateway.Stub.Seen);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/metrics")]
    public async Task Page_WithWrongMethod_AnswersInGosForm(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("POST", path, "");
        using var body = JsonDocument.Parse(await answer.TextAsync());

        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Equal("GET, HEAD", answer.Header("Allow"));
        Assert.Equal(["error", "method", "path", "timestamp"], body.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Method Not Allowed", body.RootElement.GetProperty("error").GetString());
        Assert.Equal(path, body.RootElement.GetProperty("path").GetString());
    }

    [Fact]
    public async Task ApiHealth_WithThreeStates_TellsThemInOrder()
    {
        await using var mcp = new StubUpstream { Answer = static _ => StubUpstream.Reply("503 Service Unavailable", "{}") };
        await using var gateway = await GatewayHost.StartAsync(("MCP_SERVER_URL", mcp.Url), ("LLM_ORCHESTRATOR_URL", $"http://127.0.0.1:{FreePort.Next()}"));
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);

        using var answer = await gateway.SendAsync("GET", "/api/health");
        using var body = JsonDocument.Parse(await answer.TextAsync());
        var services = body.RootElement.GetProperty("services").EnumerateArray().ToList();

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(["status", "gateway", "services", "websocket_stats", "timestamp"], body.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("degraded", body.RootElement.GetProperty("status").GetString());
        Assert.Equal(["airtable-gateway healthy", "mcp-server unhealthy", "llm-orchestrator unreachable"], services.Select(service => $"{service.GetProperty("name")} {service.GetProperty("status")}"));
        Assert.True(services[0].GetProperty("response_time").GetDouble() >= 0);
        Assert.Equal("HTTP 503", services[1].GetProperty("error").GetString());
        Assert.Equal("All connection attempts failed", services[2].GetProperty("error").GetString());
        Assert.Equal("/health", mcp.Last.Target);
        Assert.Null(mcp.Last.Header("X-API-Key"));
        Assert.InRange(body.RootElement.GetProperty("timestamp").GetDateTimeOffset(), before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal(
            "{\"total_connections\":0,\"active_connections\":0,\"messages_sent\":0,\"messages_queued\":0,\"rate_limit_violations\":0,\"authentication_failures\":0,\"active_sessions\":0,\"queued_messages_total\":0,\"average_messages_per_connection\":0.0}",
            body.RootElement.GetProperty("websocket_stats").GetRawText());
    }

    [Fact]
    public async Task ApiHealth_WithAllUpstreamsWell_IsHealthy()
    {
        await using var gateway = await GatewayHost.StartAsync();

        var body = await gateway.Client.GetStringAsync("/api/health", TestContext.Current.CancellationToken);

        Assert.StartsWith("{\"status\":\"healthy\"", body, StringComparison.Ordinal);
        Assert.Equal(3, gateway.Stub.Seen.Count);
    }

    [Fact]
    public async Task ApiHealth_WithSilentUpstreams_WaitsOnlyItsLimit()
    {
        await using var gateway = await GatewayHost.StartAsync(("HEALTH_CHECK_TIMEOUT", "1"));
        gateway.Stub.Answer = static _ => null;

        var body = await gateway.Client.GetStringAsync("/api/health", TestContext.Current.CancellationToken);

        Assert.Contains("\"status\":\"unreachable\"", body, StringComparison.Ordinal);
        Assert.Contains("\"error\":\"Upstream request timed out\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "100ns")]
    [InlineData(15, "1.5µs")]
    [InlineData(123_000, "12.3ms")]
    [InlineData(15_000_000, "1.5s")]
    [InlineData(625_000_000, "1m2.5s")]
    [InlineData(37_234_567_890, "1h2m3.456789s")]
    [InlineData(2_592_005_000_000, "72h0m0.5s")]
    public void GoDuration_OfTicks_IsGosText(long ticks, string expected) => Assert.Equal(expected, GoDuration.Format(TimeSpan.FromTicks(ticks)));

    [Fact]
    public async Task Metrics_AfterRequests_CountByTemplateAndStatus()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using (await gateway.SendAsync("GET", "/api/llm/secret-path", null, "X-API-Key: " + GatewayHost.Key))
        {
        }

        var text = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("pyairtable_http_requests_total{method=\"GET\",path=\"/api/llm/*\",status_code=\"200\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("pyairtable_http_requests_in_flight", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WhenOffOrMoved_AreWhereTheSettingsSay()
    {
        await using var off = await GatewayHost.StartAsync(("METRICS_ENABLED", "false"));
        await using var moved = await GatewayHost.StartAsync(("METRICS_PATH", "/stats"));

        using var gone = await off.SendAsync("GET", "/metrics");
        using var old = await moved.SendAsync("GET", "/metrics");
        using var found = await moved.SendAsync("GET", "/stats");

        Assert.Equal(404, (int)gone.StatusCode);
        Assert.Equal(404, (int)old.StatusCode);
        Assert.Equal(200, (int)found.StatusCode);
    }
}
