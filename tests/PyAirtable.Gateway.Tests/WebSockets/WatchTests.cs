using System.Globalization;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.WebSockets;

public abstract class WatchTests(bool isFast) : BothWays(isFast)
{
    public sealed class OnTheFastPath() : WatchTests(true);

    public sealed class BehindTheServer() : WatchTests(false);

    [Fact]
    public async Task Ping_ComesWithTheTick_ToThoseWhoHaveShownTheirKey()
    {
        var time = new ManualTime { TickRate = 20 };
        await using var gateway = await StartAsync(time, ("WS_PING_INTERVAL", "20"));
        await using var client = await SocketClient.OpenAsync(gateway);

        time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal("{\"type\":\"ping\",\"timestamp\":\"2025-01-15T09:31:23\"}", await NextPingAsync(client));
        await gateway.UntilCountAsync("messages_sent", 1);
    }

    [Fact]
    public async Task SilentConnection_IsClosed_WhileOneThatSpeaksIsKept()
    {
        var time = new ManualTime { TickRate = 20 };
        await using var gateway = await StartAsync(time, ("WS_PING_INTERVAL", "3600"));
        await using var silent = await SocketClient.OpenAsync(gateway, "silent");
        await using var speaking = await SocketClient.OpenAsync(gateway, "speaking");
        await using var spokenTo = await SocketClient.OpenAsync(gateway, "spoken to");

        time.Advance(TimeSpan.FromSeconds(290));
        await speaking.SendAsync("{\"type\":\"pong\"}");
        await speaking.SendAsync("nonsense");
        Assert.Contains("invalid_json", await speaking.ReceiveErrorAsync(), StringComparison.Ordinal);
        await gateway.TellAsync("spoken to", "{}");
        await spokenTo.ReceiveDataAsync();
        time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("close 1000 Connection timeout", await WithoutStatusAsync(silent));
        await gateway.UntilCountAsync("active_connections", 2);
        await speaking.SendAsync("{\"type\":\"ping\"}");
        Assert.Contains("pong", await WithoutStatusAsync(speaking), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatNeverAnswersAClose_IsCut()
    {
        var time = new ManualTime { TickRate = 20 };
        await using var gateway = await StartAsync(time);
        using var raw = await RawSocketClient.ConnectAsync(gateway);
        await raw.SendAsync(RawSocketClient.Text("x"));
        Assert.Equal("close 1008 Invalid JSON", await raw.ReceiveAsync());

        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("end", await raw.ReceiveAsync());
    }

    [Fact]
    public async Task SystemStatus_IsToldAtFirst_AndWhenItChanges()
    {
        var time = new ManualTime { TickRate = 20 };
        await using var mcp = new StubUpstream { Answer = static _ => StubUpstream.Reply("503 Service Unavailable", "{}") };
        await using var cost = new StubUpstream { Answer = static request => StubUpstream.Reply(request.Target == "/health" ? "200 OK" : "404 Not Found", "{}") };
        await using var gateway = await StartAsync(time, ("MCP_SERVER_URL", mcp.Url), ("COST_TRACKING_URL", cost.Url), ("LLM_ORCHESTRATOR_URL", $"http://127.0.0.1:{FreePort.Next()}"), ("WS_PING_INTERVAL", "3600"));
        await using var client = await SocketClient.OpenAsync(gateway);

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(
            "{\"type\":\"system_status\",\"timestamp\":\"2025-01-15T09:31:33\",\"session_id\":\"s1\",\"data\":{\"services\":{"
            + "\"llm_orchestrator\":{\"status\":\"unreachable\",\"error\":\"All connection attempts failed\",\"last_check\":\"2025-01-15T09:31:33\"},"
            + "\"mcp_server\":{\"status\":\"unhealthy\",\"response_time\":0,\"last_check\":\"2025-01-15T09:31:33\"},"
            + "\"cost_tracking\":{\"status\":\"healthy\",\"response_time\":0,\"last_check\":\"2025-01-15T09:31:33\"}},"
            + "\"overall_status\":\"degraded\",\"timestamp\":\"2025-01-15T09:31:33\",\"alerts\":["
            + "{\"level\":\"error\",\"service\":\"llm_orchestrator\",\"message\":\"Service llm_orchestrator is unreachable\",\"timestamp\":\"2025-01-15T09:31:33\"},"
            + "{\"level\":\"warning\",\"service\":\"mcp_server\",\"message\":\"Service mcp_server is unhealthy\",\"timestamp\":\"2025-01-15T09:31:33\"}]}}",
            await client.ReceiveAsync());
        Assert.Equal(["/health"], mcp.Seen.Select(request => request.Target));

        await PollAsync(time, TimeSpan.FromSeconds(31), () => mcp.Seen.Count >= 2);
        await client.AssertNothingWaitsAsync();
        mcp.Answer = request =>
        {
            time.Advance(TimeSpan.FromSeconds(5.25));
            return StubUpstream.Reply("200 OK", "{}");
        };
        await PollAsync(time, TimeSpan.FromSeconds(31), () => mcp.Seen.Count >= 3);

        using var status = JsonDocument.Parse(await client.ReceiveDataAsync());
        Assert.Equal(5.25, status.RootElement.GetProperty("services").GetProperty("mcp_server").GetProperty("response_time").GetDouble());
        var alert = status.RootElement.GetProperty("alerts")[1];
        Assert.Equal("warning: Service mcp_server response time is high (5.25s)", $"{alert.GetProperty("level")}: {alert.GetProperty("message")}");
    }

    [Fact]
    public async Task CostUpdate_IsToldAtFirst_AndWhenItChangesByMoreThanACent()
    {
        var time = new ManualTime { TickRate = 20 };
        var (current, asked) = ("12.45", 0);
        await using var cost = new StubUpstream
        {
            Answer = request =>
            {
                if (request.Target != "/api/costs/current")
                {
                    return StubUpstream.Reply("200 OK", "{}");
                }
                var reply = StubUpstream.Reply("200 OK", $"{{\"current_cost\":{current},\"budget_remaining\":87.550,\"breakdown\":{{\"llm_calls\": 10.2}},\"x\":1}}");
                Interlocked.Increment(ref asked);
                return reply;
            },
        };
        await using var gateway = await StartAsync(time, ("COST_TRACKING_URL", cost.Url), ("WS_PING_INTERVAL", "3600"), ("WS_CONNECTION_TIMEOUT", "86400"));
        await using var client = await SocketClient.OpenAsync(gateway);

        var now = await PollAsync(time, TimeSpan.FromSeconds(60), () => Volatile.Read(ref asked) == 1);
        Assert.Equal("{\"current_cost\":12.45,\"budget_remaining\":87.550,\"cost_breakdown\":{\"llm_calls\":10.2},\"timestamp\":\"" + now + "\",\"period\":\"monthly\"}", await CostOf(client));
        current = "12.455";
        await PollAsync(time, TimeSpan.FromSeconds(60), () => Volatile.Read(ref asked) == 2);
        current = "12.44";
        await PollAsync(time, TimeSpan.FromSeconds(60), () => Volatile.Read(ref asked) == 3);
        current = "12.47";
        await PollAsync(time, TimeSpan.FromSeconds(60), () => Volatile.Read(ref asked) == 4);
        Assert.Contains("\"current_cost\":12.47,", await CostOf(client), StringComparison.Ordinal);
        Assert.Empty(cost.Last.Header("X-API-Key") ?? "");
    }

    private static async Task<string> CostOf(SocketClient client)
    {
        while (true)
        {
            var text = await client.ReceiveAsync();
            if (client.TypeOf(text) == "cost_update")
            {
                using var message = JsonDocument.Parse(text);
                return message.RootElement.GetProperty("data").GetRawText();
            }
        }
    }

    // Moves the clock on until what it sets off has happened; the moment to which it was moved last. The watch begins to wait with the
    // tick after what it did last: a little patience saves moving the clock again.
    private static async Task<string> PollAsync(ManualTime time, TimeSpan interval, Func<bool> happened)
    {
        var now = "";
        await Task.Delay(150, TestContext.Current.CancellationToken);
        await SocketTests.UntilAsync(async () =>
        {
            time.Advance(interval);
            now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            for (var looks = 0; looks < 150 && !happened(); looks++)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
            return happened();
        });
        return now;
    }

    private static async Task<string> NextPingAsync(SocketClient client)
    {
        while (true)
        {
            var text = await client.ReceiveAsync();
            if (client.TypeOf(text) == "ping")
            {
                return text;
            }
        }
    }

    private static async Task<string> WithoutStatusAsync(SocketClient client)
    {
        while (true)
        {
            var text = await client.ReceiveAsync();
            if (!text.Contains("system_status", StringComparison.Ordinal))
            {
                return text;
            }
        }
    }
}
