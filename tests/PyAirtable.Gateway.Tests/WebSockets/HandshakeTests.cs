using System.Net.WebSockets;
using System.Text.Json;

namespace PyAirtable.Gateway.Tests.WebSockets;

public abstract class HandshakeTests(bool isFast) : BothWays(isFast)
{
    public sealed class OnTheFastPath() : HandshakeTests(true);

    public sealed class BehindTheServer() : HandshakeTests(false);

    [Theory]
    [InlineData("/ws")]
    [InlineData("/ws?session_id=")]
    [InlineData("/ws?session_id=a&session_id=")]
    [InlineData("/ws/?session_id=a")]
    [InlineData("/api/health")]
    [InlineData("/nope?session_id=a")]
    public async Task Handshake_Refused_Is403WithoutBody(string path)
    {
        await using var gateway = await StartAsync();
        using var raw = new RawConnection(gateway.Port);

        var answer = await raw.SendAsync(RawSocketClient.Handshake("x").Replace("/ws?session_id=x", path, StringComparison.Ordinal).Replace("Connection: Upgrade", "Connection: Upgrade, close", StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Trace-ID", answer, StringComparison.OrdinalIgnoreCase);
        await gateway.UntilCountAsync("total_connections", 0);
    }

    [Theory]
    [InlineData("8", "dGhlIHNhbXBsZSBub25jZQ==", "426")]
    [InlineData("13", "short", "400")]
    public async Task Handshake_Faulty_IsToldSo(string version, string key, string status)
    {
        await using var gateway = await StartAsync();
        using var raw = new RawConnection(gateway.Port);

        var answer = await raw.SendAsync(RawSocketClient.Handshake("x", version, key).Replace("Connection: Upgrade", "Connection: Upgrade, close", StringComparison.Ordinal));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Version: 13\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ws_WithoutHandshake_IsUnknown()
    {
        await using var gateway = await StartAsync();

        using var answer = await gateway.SendAsync("GET", "/ws?session_id=a");

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.StartsWith("{\"error\":\"Endpoint not found\",\"path\":\"/ws\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_SixthOfASession_IsRefusedUntilAPlaceIsFree()
    {
        await using var gateway = await StartAsync();
        var clients = new List<SocketClient>();
        for (var i = 0; i < 5; i++)
        {
            clients.Add(await SocketClient.ConnectAsync(gateway));
        }

        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(gateway));
        await using var other = await SocketClient.ConnectAsync(gateway, "s2");
        await clients[0].CloseAsync();
        await gateway.UntilCountAsync("active_connections", 5);
        await using var sixth = await SocketClient.ConnectAsync(gateway);

        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
        await gateway.UntilCountAsync("total_connections", 7);
        await gateway.UntilCountAsync("active_sessions", 2);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Handshake_BeyondAllConnections_Is503()
    {
        await using var gateway = await StartAsync(("WS_MAX_CONNECTIONS", "1"));
        await using var first = await SocketClient.ConnectAsync(gateway);

        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(gateway, "s2"));

        Assert.Contains("503", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_WithoutKey_Are401_AndWithIt_HaveTheKeysInOrder()
    {
        await using var gateway = await StartAsync();
        await using var client = await SocketClient.OpenAsync(gateway);

        await gateway.UntilCountAsync("messages_sent", 1);
        using var refused = await gateway.SendAsync("GET", "/api/websocket/stats");
        using var answer = await gateway.SendAsync("GET", "/api/websocket/stats", null, "X-API-Key: " + GatewayHost.Key);
        using var health = JsonDocument.Parse(await gateway.Client.GetStringAsync("/api/health", TestContext.Current.CancellationToken));

        const string Expected = "{\"total_connections\":1,\"active_connections\":1,\"messages_sent\":1,\"messages_queued\":0,\"rate_limit_violations\":0,\"authentication_failures\":0,\"active_sessions\":1,\"queued_messages_total\":0,\"average_messages_per_connection\":1.0}";
        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Equal(Expected, await answer.TextAsync());
        Assert.Equal(Expected, health.RootElement.GetProperty("websocket_stats").GetRawText());
    }
}
