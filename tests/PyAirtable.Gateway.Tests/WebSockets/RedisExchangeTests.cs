using PyAirtable.Gateway.WebSockets.Delivery;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.WebSockets;

public sealed class RedisExchangeTests
{
    private const string Limited = "rate_limited: Message rate limit exceeded";

    [Fact]
    public async Task Message_SentAtOneGateway_ReachesTheSessionAtAll_InOrder()
    {
        var redis = RedisServer.Shared.TakeDatabase();
        await using var one = await StartAsync(redis);
        await using var two = await StartAsync(redis);
        await using var here = await SocketClient.OpenAsync(one);
        await using var there = await SocketClient.OpenAsync(two);
        await using var other = await SocketClient.OpenAsync(two, "s2");

        for (var i = 0; i < 90; i++)
        {
            await (i < 50 ? one : two).TellAsync("s1", $"{{\"n\":{i}}}");
        }

        for (var i = 0; i < 90; i++)
        {
            Assert.Equal($"{{\"n\":{i}}}", await here.ReceiveDataAsync());
            Assert.Equal($"{{\"n\":{i}}}", await there.ReceiveDataAsync());
        }
        await other.AssertNothingWaitsAsync();
        Assert.Equal(0, await one.CountAsync("messages_queued") + await two.CountAsync("messages_queued"));
    }

    [Fact]
    public async Task Queue_FilledAtOneGateway_IsDeliveredOnceAtAnother_InOrder()
    {
        var redis = RedisServer.Shared.TakeDatabase();
        await using var one = await StartAsync(redis, ("WS_MAX_QUEUED_MESSAGES", "4"));
        await using var two = await StartAsync(redis);
        foreach (var n in (int[])[0, 1, 2, 3])
        {
            await one.TellAsync("ünï 1", $"{{\"n\":{n}}}");
        }
        await one.TellAsync("ünï 1", "{\"n\":4}", "system_status");
        await one.UntilCountAsync("queued_messages_total", 4);

        await using var client = await SocketClient.ConnectAsync(two, "ünï 1");
        await client.AuthenticateAsync();

        foreach (var n in (int[])[4, 1, 2, 3])
        {
            Assert.Equal($"{{\"n\":{n}}}", await client.ReceiveDataAsync());
        }
        await client.AssertNothingWaitsAsync();
        await using var second = await SocketClient.OpenAsync(one, "ünï 1");
        await one.UntilCountAsync("queued_messages_total", 0);
        await one.UntilCountAsync("messages_queued", 5);
    }

    [Fact]
    public async Task Message_IsQueuedAgain_WhereTheLastConnectionHasLeft()
    {
        var redis = RedisServer.Shared.TakeDatabase();
        await using var one = await StartAsync(redis);
        await using var two = await StartAsync(redis);
        await using (var client = await SocketClient.OpenAsync(two))
        {
            await client.CloseAsync();
        }

        await one.TellAsync("s1", "{\"n\":1}");
        await using var again = await SocketClient.ConnectAsync(one);
        await SocketTests.UntilAsync(async () => await one.CountAsync("messages_queued") + await two.CountAsync("messages_queued") == 1);
        await again.AuthenticateAsync();

        Assert.Equal("{\"n\":1}", await again.ReceiveDataAsync());
    }

    [Fact]
    public async Task Message_RefusedByAllGateways_IsQueuedOnce_AndNotWhereOneTookIt()
    {
        var redis = RedisServer.Shared.TakeDatabase();
        await using var one = await StartAsync(redis, ("WS_MESSAGE_RATE_LIMIT", "1"));
        await using var two = await StartAsync(redis, ("WS_MESSAGE_RATE_LIMIT", "2"));
        await using var here = await SocketClient.OpenAsync(one);
        await using var there = await SocketClient.OpenAsync(two);

        await one.TellAsync("s1", "{\"n\":1}");
        Assert.Equal(Limited, await here.ReceiveErrorAsync());
        Assert.Equal("{\"n\":1}", await there.ReceiveDataAsync());
        await one.TellAsync("s1", "{\"n\":2}");
        Assert.Equal(Limited, await here.ReceiveErrorAsync());
        Assert.Equal(Limited, await there.ReceiveErrorAsync());
        await SocketTests.UntilAsync(async () => await one.CountAsync("messages_queued") + await two.CountAsync("messages_queued") == 1);

        await using var late = await SocketClient.ConnectAsync(one);
        await late.AuthenticateAsync();
        Assert.Equal("{\"n\":2}", await late.ReceiveDataAsync());
        await late.AssertNothingWaitsAsync();
    }

    [Fact]
    public async Task Message_ForADeadGateway_IsQueued()
    {
        await using var one = await StartAsync(RedisServer.Shared.TakeDatabase());
        // As after a crash: a gateway that has not said that it is gone, and listens no more.
        await SocketTests.UntilAsync(() => one.Host.Process.Redis!.PingAsync(TestContext.Current.CancellationToken));
        var database = await one.Host.Process.Redis!.GetDatabaseAsync(TestContext.Current.CancellationToken);
        await database!.SetAddAsync("ws:at:s1", "gone");

        await one.TellAsync("s1", "{\"n\":1}");
        await using var again = await SocketClient.ConnectAsync(one);
        await again.AuthenticateAsync();

        Assert.Equal("{\"n\":1}", await again.ReceiveDataAsync());
    }

    [Fact]
    public async Task RedisAway_SessionsAreServedHere_AndTogetherAgainWhenItIsBack()
    {
        using var server = new RedisServer();
        await using var one = await StartAsync(server.Url(0));
        await using var two = await StartAsync(server.Url(0));
        await using var here = await SocketClient.OpenAsync(one);
        await using var there = await SocketClient.OpenAsync(two);
        await one.TellAsync("s1", "{\"n\":0}");
        Assert.Equal("{\"n\":0}", await here.ReceiveDataAsync());
        Assert.Equal("{\"n\":0}", await there.ReceiveDataAsync());

        server.Stop();
        await one.TellAsync("s1", "{\"n\":1}");
        Assert.Equal("{\"n\":1}", await here.ReceiveDataAsync());
        await one.TellAsync("s2", "{\"n\":2}");
        await using (var offline = await SocketClient.ConnectAsync(one, "s2"))
        {
            await offline.AuthenticateAsync();
            Assert.Equal("{\"n\":2}", await offline.ReceiveDataAsync());
        }
        server.Start();

        // Until both have joined again, what one sends is not yet seen by the other.
        var reading = there.ReceiveDataAsync();
        await SocketTests.UntilAsync(async () =>
        {
            await one.TellAsync("s1", "{\"n\":3}");
            await here.ReceiveDataAsync();
            await Task.Delay(300, TestContext.Current.CancellationToken);
            return reading.IsCompleted;
        });
        Assert.Equal("{\"n\":3}", await reading);
    }

    [Fact]
    public async Task RedisMissingFromTheStart_SessionsAreServedHere()
    {
        await using var gateway = await StartUnconnectedAsync($"redis://127.0.0.1:{FreePort.Next()}");
        await gateway.TellAsync("s1", "{\"n\":1}");
        await using var client = await SocketClient.ConnectAsync(gateway);
        await client.AuthenticateAsync();

        Assert.Equal("{\"n\":1}", await client.ReceiveDataAsync());
        await gateway.TellAsync("s1", "{\"n\":2}");
        Assert.Equal("{\"n\":2}", await client.ReceiveDataAsync());
    }

    private static async Task<GatewayHost> StartAsync(string redis, params (string, string)[] settings)
    {
        var gateway = await StartUnconnectedAsync(redis, settings);
        var exchange = (RedisExchange)gateway.Module.Messages;
        // Nobody waits for long for the first connection, and on a busy machine it may take longer.
        await SocketTests.UntilAsync(async () =>
        {
            await exchange.SweepAsync(TestContext.Current.CancellationToken);
            return !exchange.IsAway;
        });
        return gateway;
    }

    private static Task<GatewayHost> StartUnconnectedAsync(string redis, params (string, string)[] settings) =>
        GatewayHost.StartAsync([("REDIS_URL", redis), ("WS_PING_INTERVAL", "3600"), .. settings]);
}
