using PyAirtable.Gateway.Tests.WebSockets;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests;

/// <summary>Settings that change while the gateway runs, on the fast path, behind the server, and for WebSockets.</summary>
public sealed class ReloadTests
{
    private const string NewKey = "the-next-gateway-key";

    // The fast path takes what is plain; the other needs thought, and goes to the server.
    private const string Plain = "";
    private const string Unusual = "Accept-Encoding: br\r\n";

    [Fact]
    public async Task Key_Rotated_BothAreRightMeanwhile_ThenTheOldIsRefused()
    {
        await using var gateway = await GatewayHost.StartAsync();

        gateway.Reload(("API_KEYS", NewKey));
        Assert.Equal("200 200", await StatusesAsync(gateway, GatewayHost.Key));
        Assert.Equal("200 200", await StatusesAsync(gateway, NewKey));
        Assert.Equal(GatewayHost.Key, gateway.Stub.Last.Header("X-API-Key"));

        gateway.Reload(("API_KEY", NewKey), ("API_KEYS", GatewayHost.Key));
        Assert.Equal("200 200", await StatusesAsync(gateway, GatewayHost.Key));
        Assert.Equal(NewKey, gateway.Stub.Last.Header("X-API-Key"));

        gateway.Reload(("API_KEYS", ""));
        Assert.Equal("401 401", await StatusesAsync(gateway, GatewayHost.Key));
        Assert.Equal("200 200", await StatusesAsync(gateway, NewKey));
        Assert.DoesNotContain(NewKey, await gateway.Host.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Unusual)]
    public async Task Key_Rotated_HoldsForTheNextRequestOfAConnection(string headers)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var connection = await WireConnection.ConnectAsync(gateway.Port);
        Assert.Equal(200, (await connection.AskAsync("GET", "/api/llm/x", headers))?.Status);

        gateway.Reload(("API_KEY", NewKey));

        Assert.Equal(401, (await connection.AskAsync("GET", "/api/llm/x", headers))?.Status);
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Unusual)]
    public async Task Upstream_Changed_GetsTheNextRequestOfAConnection(string headers)
    {
        await using var gateway = await GatewayHost.StartAsync();
        await using var other = new StubUpstream();
        using var connection = await WireConnection.ConnectAsync(gateway.Port);
        await connection.AskAsync("GET", "/api/llm/1", headers);

        gateway.Reload(("LLM_ORCHESTRATOR_URL", other.Url));

        Assert.Equal(200, (await connection.AskAsync("GET", "/api/llm/2", headers))?.Status);
        Assert.Equal(200, (await connection.AskAsync("GET", "/api/mcp/3", headers))?.Status);
        Assert.Equal("/2", Assert.Single(other.Seen).Target);
        Assert.Equal("/3", gateway.Stub.Last.Target);
        Assert.Contains("settings taken over: LLM_ORCHESTRATOR_URL (Gateway)", await gateway.Host.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upstream_Changed_RequestUnderWayEndsWhereItBegan()
    {
        var asked = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            asked.SetResult();
            await released.Task;
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
            await connection.ReadToEndAsync();
        });
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", upstream.Url));
        using var connection = await WireConnection.ConnectAsync(gateway.Port);
        await connection.RequestAsync("GET", "/api/llm/x");
        await asked.Task;

        gateway.Reload(("LLM_ORCHESTRATOR_URL", gateway.Stub.Url));
        released.SetResult();

        Assert.Equal("old", (await connection.ReadFinalAsync())?.Body);
    }

    [Fact]
    public async Task Upstream_Dropped_ItsIdleConnectionsEnd()
    {
        var ended = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            await connection.ReadToEndAsync();
            ended.SetResult();
        });
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", upstream.Url));
        using var connection = await WireConnection.ConnectAsync(gateway.Port);
        await connection.AskAsync("GET", "/api/llm/x");

        gateway.Reload(("HEALTH_CHECK_TIMEOUT", "7"));
        Assert.False(ended.Task.IsCompleted);
        gateway.Reload(("LLM_ORCHESTRATOR_URL", gateway.Stub.Url));

        await ended.Task.WaitAsync(WireConnection.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Limit_Changed_HoldsFromNow_AndOthersKeepTheirCount()
    {
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "3"));
        using var connection = await WireConnection.ConnectAsync(gateway.Port);
        Assert.Equal("2", (await connection.AskAsync("GET", "/api/llm/x"))?.Header("X-RateLimit-Remaining"));

        gateway.Reload(("HEALTH_CHECK_TIMEOUT", "7"));
        Assert.Equal("1", (await connection.AskAsync("GET", "/api/llm/x"))?.Header("X-RateLimit-Remaining"));
        gateway.Reload(("RATE_LIMIT_RPM", "50"));
        Assert.Equal("49", (await connection.AskAsync("GET", "/api/llm/x"))?.Header("X-RateLimit-Remaining"));
        gateway.Reload(("MAX_FILE_SIZE", "20000000"));
        Assert.Equal(200, (await connection.AskAsync("POST", "/api/llm/x", body: new string('x', 15_000_000)))?.Status);
        gateway.Reload(("MAX_FILE_SIZE", "10"));
        Assert.Equal(413, (await connection.AskAsync("POST", "/api/llm/x", body: new string('x', 11)))?.Status);
    }

    [Fact]
    public async Task Circuit_OfAnUpstreamThatStays_StaysOpen()
    {
        await using var gateway = await GatewayHost.StartAsync(("CIRCUIT_BREAKER_MIN_CALLS", "2"), ("CIRCUIT_BREAKER_PAUSE", "1h"));
        gateway.Stub.Answer = static _ => StubUpstream.Reply("503 Service Unavailable", "{}");
        await gateway.SendAsync("GET", "/api/llm/x", null, "X-API-Key: " + GatewayHost.Key);
        await gateway.SendAsync("GET", "/api/llm/x", null, "X-API-Key: " + GatewayHost.Key);
        var seen = gateway.Stub.Seen.Count;

        gateway.Reload(("RATE_LIMIT_RPM", "9999"));
        using var refused = await gateway.SendAsync("GET", "/api/llm/x", null, "X-API-Key: " + GatewayHost.Key);
        using var metrics = await gateway.SendAsync("GET", "/metrics");

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(seen, gateway.Stub.Seen.Count);
        Assert.Contains("pyairtable_upstream_circuit_state{upstream=\"llm-orchestrator\"} 2", await metrics.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_Wrong_ChangesNothing_AndIsLoggedAsOneLine()
    {
        await using var gateway = await GatewayHost.StartAsync();

        gateway.Reload(("API_KEY", NewKey), ("LLM_ORCHESTRATOR_URL", "ftp://nowhere"), ("RATE_LIMIT_RPM", "many"));

        Assert.Equal("200 200", await StatusesAsync(gateway, GatewayHost.Key));
        Assert.Equal("401 401", await StatusesAsync(gateway, NewKey));
        var line = Assert.Single((await gateway.Host.ReadLogAsync()).Split('\n'), line => line.Contains("settings", StringComparison.Ordinal));
        Assert.Contains("settings stay as they were", line, StringComparison.Ordinal);
        Assert.Contains("LLM_ORCHESTRATOR_URL", line, StringComparison.Ordinal);
        Assert.Contains("RATE_LIMIT_RPM", line, StringComparison.Ordinal);
        Assert.DoesNotContain(NewKey, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_Changed_IsNamedAsWaitingForARestart()
    {
        await using var gateway = await GatewayHost.StartAsync();

        gateway.Reload(("PORT", "1"), ("REDIS_DB", "3"));
        gateway.Reload();

        Assert.Equal("200 200", await StatusesAsync(gateway, GatewayHost.Key));
        var log = await gateway.Host.ReadLogAsync();
        Assert.Contains("wait for a restart: REDIS_DB (Process), PORT (Gateway)", log, StringComparison.Ordinal);
        Assert.Contains("none has changed", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebSocket_Open_StaysAndHoldsToNewLimits_WhileOthersNeedTheNewKey()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await using var open = await SocketClient.OpenAsync(gateway);

        gateway.Reload(("API_KEY", NewKey), ("WS_MESSAGE_RATE_LIMIT", "3"), ("WS_MAX_CONNECTIONS_PER_SESSION", "2"));

        await gateway.TellAsync("s1", "1");
        Assert.Equal("1", await open.ReceiveDataAsync());
        await gateway.TellAsync("s1", "2");
        Assert.Equal("2", await open.ReceiveDataAsync());
        // With the pong of its beginning these were three.
        await gateway.TellAsync("s1", "3");
        Assert.StartsWith("rate_limited", await open.ReceiveErrorAsync(), StringComparison.Ordinal);
        await using var late = await SocketClient.ConnectAsync(gateway);
        await late.AuthenticateAsync();
        Assert.StartsWith("authentication_failed", await late.ReceiveErrorAsync(), StringComparison.Ordinal);
    }

    // Of a plain proxy route and one of the others.
    private static async Task<string> StatusesAsync(GatewayHost gateway, string key)
    {
        using var plain = await gateway.SendAsync("GET", "/api/llm/x", null, "X-API-Key: " + key);
        using var python = await gateway.SendAsync("GET", "/api/tools", null, "X-API-Key: " + key);
        return $"{(int)plain.StatusCode} {(int)python.StatusCode}";
    }
}
