using System.Net.Sockets;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Tests.Redis;
using PyAirtable.Testing;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Tests.RateLimiting;

public sealed class RedisRateLimiterTests
{
    private static readonly RateLimitOptions Slow = new(1, 3);
    private readonly RecordedLogs _logs = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeAsync_TwoLimiters_ShareOneBucket()
    {
        var url = RedisServer.Shared.TakeDatabase();
        await using var redis1 = await OpenAsync(url);
        await using var redis2 = await OpenAsync(url);
        var one = Limiter(redis1, Slow);
        var two = Limiter(redis2, Slow);

        Assert.Equal(2, (await one.TakeAsync("a", Cancelled)).Remaining);
        Assert.Equal(1, (await two.TakeAsync("a", Cancelled)).Remaining);
        var last = await one.TakeAsync("a", Cancelled);
        Assert.True(last.Allowed);
        Assert.Equal(0, last.Remaining);
        var refused = await two.TakeAsync("a", Cancelled);
        Assert.False(refused.Allowed);
        Assert.InRange(refused.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.InRange(refused.ResetAfter, TimeSpan.FromSeconds(121), TimeSpan.FromSeconds(180));
        Assert.True((await two.TakeAsync("b", Cancelled)).Allowed);
    }

    [Fact]
    public async Task TakeAsync_TokenComesBack_PassesAgainByTheServersClock()
    {
        await using var redis = await OpenAsync(RedisServer.Shared.TakeDatabase());
        var limiter = Limiter(redis, new(600, 1));
        Assert.True((await limiter.TakeAsync("a", Cancelled)).Allowed);
        await Connections.UntilAsync(async () => (await limiter.TakeAsync("a", Cancelled)).Allowed);
    }

    [Fact]
    public async Task TakeAsync_AnyKey_KeyIsBoundedAndExpires()
    {
        await using var redis = await OpenAsync(RedisServer.Shared.TakeDatabase());
        var limiter = Limiter(redis, Slow);
        await limiter.TakeAsync("short", Cancelled);
        await limiter.TakeAsync(new string('x', 5000), Cancelled);
        var database = (await redis.GetDatabaseAsync(Cancelled))!;
        Assert.InRange((await database.KeyTimeToLiveAsync("ratelimit:short"))!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        var keys = (RedisKey[])(await database.ScriptEvaluateAsync("return redis.call('KEYS', '*')"))!;
        Assert.Equal(2, keys.Length);
        Assert.All(keys, key => Assert.InRange(key.ToString().Length, 1, 74));
    }

    [Fact]
    public async Task TakeAsync_RedisGoesAndComesBack_FallsBackAndSaysSoOnceEach()
    {
        using var server = new RedisServer();
        await using var redis = await OpenAsync(server.Url(0));
        var time = new ManualTime();
        var limiter = new RedisRateLimiter(redis, new LocalRateLimiter(Slow, time), Slow, time, _logs);
        Assert.True((await limiter.TakeAsync("a", Cancelled)).Allowed);

        server.Stop();
        await Connections.UntilAsync(async () => await redis.GetDatabaseAsync(Cancelled) is null);
        var passed = 0;
        for (var i = 0; i < 10; i++)
        {
            passed += (await limiter.TakeAsync("a", Cancelled)).Allowed ? 1 : 0;
        }

        Assert.Equal(3, passed);
        Assert.Equal(1, _logs.CountOf(310));

        server.Start();
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(2, (await limiter.TakeAsync("a", Cancelled)).Remaining);
        Assert.Equal(1, _logs.CountOf(311));
        Assert.Equal(1, _logs.CountOf(310));
    }

    [Fact]
    public async Task TakeAsync_RedisDoesNotAnswer_OnlyTheFirstOneWaits()
    {
        using var server = new RedisServer();
        await using var redis = await OpenAsync(server.Url(0));
        var time = new ManualTime();
        var limiter = new RedisRateLimiter(redis, new LocalRateLimiter(Slow, time), Slow, time, _logs);
        Assert.True((await limiter.TakeAsync("a", Cancelled)).Allowed);

        using var client = new TcpClient("127.0.0.1", server.Port);
        await client.GetStream().WriteAsync("CLIENT PAUSE 60000 ALL\r\n"u8.ToArray(), Cancelled);
        await client.GetStream().ReadExactlyAsync(new byte[5], Cancelled);
        Assert.True((await limiter.TakeAsync("a", Cancelled)).Allowed);
        Assert.True(limiter.TakeAsync("a", Cancelled).AsTask().IsCompleted);
        Assert.Equal(1, _logs.CountOf(310));
    }

    private RedisRateLimiter Limiter(RedisConnection redis, RateLimitOptions options) =>
        new(redis, new LocalRateLimiter(options, TimeProvider.System), options, TimeProvider.System, _logs);

    private async Task<RedisConnection> OpenAsync(string url)
    {
        var redis = Connections.Open(url, _logs);
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        return redis;
    }
}
