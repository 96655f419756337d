using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.WebSockets;

public abstract class DeliveryTests(bool isFast) : BothWays(isFast)
{
    public sealed class OnTheFastPath() : DeliveryTests(true);

    public sealed class BehindTheServer() : DeliveryTests(false);

    [Fact]
    public async Task Message_ReachesEveryConnectionOfItsSession_AndNoOther()
    {
        await using var gateway = await StartAsync();
        await using var first = await SocketClient.OpenAsync(gateway);
        await using var second = await SocketClient.OpenAsync(gateway);
        await using var other = await SocketClient.OpenAsync(gateway, "s2");

        await gateway.TellAsync("s1", "{\"n\":1}");

        Assert.Equal("{\"n\":1}", await first.ReceiveDataAsync());
        Assert.Equal("{\"n\":1}", await second.ReceiveDataAsync());
        await other.AssertNothingWaitsAsync();
        await gateway.UntilCountAsync("messages_queued", 0);
    }

    [Fact]
    public async Task Queue_IsDeliveredOnce_InOrder_ToTheFirstThatShowsItsKey()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(time);
        await using var unknown = await SocketClient.ConnectAsync(gateway);
        await gateway.TellAsync("s1", "{\"n\":1}");
        await gateway.TellAsync("s1", "{\"n\":2}", "tool_progress");
        await gateway.TellAsync("s1", "{\"n\":3}");
        await gateway.TellAsync("s1", "{\"n\":4}", "system_status");
        await gateway.TellAsync("s1", "{\"n\":5}", "whatever");
        await gateway.TellAsync("s1", "{\"n\":6}", "cost_update");
        await gateway.TellAsync("s1", "{\"n\":7}", "error");
        await gateway.TellAsync("s2", "{\"n\":0}");
        await gateway.UntilCountAsync("queued_messages_total", 8);
        time.Advance(TimeSpan.FromSeconds(5));

        await using var client = await SocketClient.ConnectAsync(gateway);
        await client.AuthenticateAsync();

        var first = await client.ReceiveAsync();
        Assert.Equal("{\"type\":\"system_status\",\"timestamp\":\"2025-01-15T09:31:02\",\"session_id\":\"s1\",\"data\":{\"n\":4}}", first);
        foreach (var n in (int[])[7, 6, 2, 1, 3, 5])
        {
            Assert.Equal($"{{\"n\":{n}}}", await client.ReceiveDataAsync());
        }
        await client.AssertNothingWaitsAsync();
        await unknown.AuthenticateAsync();
        await unknown.AssertNothingWaitsAsync();
        await gateway.UntilCountAsync("queued_messages_total", 1);
        await gateway.UntilCountAsync("messages_queued", 8);
        await gateway.UntilCountAsync("messages_sent", 9);
    }

    [Fact]
    public async Task Queue_IsExemptFromTheLimit()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 300; i++)
        {
            await gateway.TellAsync("s1", $"{{\"n\":{i}}}");
        }

        await using var client = await SocketClient.ConnectAsync(gateway);
        await client.AuthenticateAsync();
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal($"{{\"n\":{i}}}", await client.ReceiveDataAsync());
        }

        await client.AssertNothingWaitsAsync();
        await gateway.UntilCountAsync("rate_limit_violations", 0);
    }

    [Fact]
    public async Task Queue_Overflowing_DropsTheOldest()
    {
        await using var gateway = await StartAsync(("WS_MAX_QUEUED_MESSAGES", "2"));
        for (var i = 0; i < 5; i++)
        {
            await gateway.TellAsync("s1", $"{{\"n\":{i}}}");
        }

        await using var client = await SocketClient.ConnectAsync(gateway);
        await client.AuthenticateAsync();

        Assert.Equal("{\"n\":3}", await client.ReceiveDataAsync());
        Assert.Equal("{\"n\":4}", await client.ReceiveDataAsync());
        await client.AssertNothingWaitsAsync();
        await gateway.UntilCountAsync("messages_queued", 5);
    }

    [Fact]
    public async Task Queue_TooOld_IsNotDelivered_AndSwept()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(time);
        await gateway.TellAsync("s1", "{\"n\":1}");
        await gateway.TellAsync("s2", "{\"n\":1}");
        time.Advance(TimeSpan.FromSeconds(3599));
        await gateway.TellAsync("s1", "{\"n\":2}");
        time.Advance(TimeSpan.FromSeconds(1));

        await using var client = await SocketClient.ConnectAsync(gateway);
        await client.AuthenticateAsync();

        Assert.Equal("{\"n\":2}", await client.ReceiveDataAsync());
        await client.AssertNothingWaitsAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        await gateway.UntilCountAsync("queued_messages_total", 0);
    }

    [Fact]
    public async Task Limit_OfAHundredPongs_SendsOneErrorForTheNext_AndOpensAgain()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(time);
        await using var client = await SocketClient.ConnectAsync(gateway);
        await client.AuthenticateAsync();

        for (var i = 0; i < 102; i++)
        {
            await client.SendAsync("{\"type\":\"ping\"}");
        }
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("pong", client.TypeOf(await client.ReceiveAsync()));
        }
        Assert.Equal("rate_limited: Message rate limit exceeded", await client.ReceiveErrorAsync());
        Assert.Equal("rate_limited: Message rate limit exceeded", await client.ReceiveErrorAsync());
        await gateway.UntilCountAsync("rate_limit_violations", 1);
        await gateway.UntilCountAsync("messages_sent", 100);

        time.Advance(TimeSpan.FromSeconds(59));
        await client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("rate_limited: Message rate limit exceeded", await client.ReceiveErrorAsync());
        time.Advance(TimeSpan.FromSeconds(2));
        await client.AssertNothingWaitsAsync();
    }

    [Fact]
    public async Task Message_ForABlockedConnection_GoesToAnother_ElseIsQueued()
    {
        await using var gateway = await StartAsync(("WS_MESSAGE_RATE_LIMIT", "1"));
        await using var blocked = await SocketClient.OpenAsync(gateway);
        await gateway.TellAsync("s1", "{\"n\":1}");
        Assert.Equal("rate_limited: Message rate limit exceeded", await blocked.ReceiveErrorAsync());
        await gateway.UntilCountAsync("queued_messages_total", 1);

        await using var second = await SocketClient.ConnectAsync(gateway);
        await second.AuthenticateAsync();
        Assert.Equal("{\"n\":1}", await second.ReceiveDataAsync());
        await gateway.TellAsync("s1", "{\"n\":2}");

        Assert.Equal("{\"n\":2}", await second.ReceiveDataAsync());
        Assert.Equal("rate_limited: Message rate limit exceeded", await blocked.ReceiveErrorAsync());
        await gateway.UntilCountAsync("queued_messages_total", 0);
    }

    [Fact]
    public async Task SlowReader_IsCut_WhileOthersGetEverything()
    {
        await using var gateway = await StartAsync(("WS_MESSAGE_RATE_LIMIT", "100000"));
        using var slow = await RawSocketClient.ConnectAsync(gateway, receiveBuffer: 4096);
        await slow.SendAsync(RawSocketClient.Text($"{{\"type\":\"auth\",\"api_key\":\"{GatewayHost.Key}\"}}"));
        await using var fast = await SocketClient.OpenAsync(gateway);
        var data = JsonSerializer.Serialize(new string('x', 20_000));
        const int Messages = 1000;

        var received = 0;
        var reading = Task.Run(async () =>
        {
            while (received < Messages)
            {
                await fast.ReceiveDataAsync();
                received++;
            }
        });
        for (var i = 0; i < Messages; i++)
        {
            var sending = gateway.TellAsync("s1", data);
            Assert.True(sending.IsCompleted);
            // The reader that keeps up is not to be outrun.
            await SocketTests.UntilAsync(() => Task.FromResult(received >= i - 20));
        }
        await reading;

        await gateway.UntilCountAsync("active_connections", 1);
        Assert.True(await slow.EndsAsync());
        await fast.AssertNothingWaitsAsync();
        await gateway.UntilCountAsync("queued_messages_total", 0);
    }

    [Fact]
    public async Task ReaderThatTakesNothing_IsCutAfterAWhile()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(time, ("WS_MESSAGE_RATE_LIMIT", "100000"));
        using var slow = await RawSocketClient.ConnectAsync(gateway, receiveBuffer: 4096);
        await slow.SendAsync(RawSocketClient.Text($"{{\"type\":\"auth\",\"api_key\":\"{GatewayHost.Key}\"}}"));
        await SocketTests.UntilAsync(async () =>
        {
            // Large enough to fill what the system keeps on both sides.
            await gateway.TellAsync("s1", JsonSerializer.Serialize(new string('x', 8 << 20)));
            return await gateway.CountAsync("queued_messages_total") == 0;
        });

        time.Advance(TimeSpan.FromSeconds(16));

        await gateway.UntilCountAsync("active_connections", 0);
    }
}
