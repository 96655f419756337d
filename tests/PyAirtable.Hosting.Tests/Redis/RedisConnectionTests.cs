using System.Net;
using System.Net.Sockets;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Redis;

public sealed class RedisConnectionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetDatabaseAsync_FirstUse_ConnectsToTheDatabaseOfTheUrl()
    {
        await using var redis = Connections.Open(RedisServer.Shared.TakeDatabase(), new RecordedLogs());
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        var database = await redis.GetDatabaseAsync(Cancelled);
        Assert.NotNull(database);
        Assert.NotEqual(0, database.Database);
    }

    [Fact]
    public async Task Constructor_NothingUsed_ConnectsNowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using (Connections.Open($"redis://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", new RecordedLogs()))
        {
            Assert.False(listener.Pending());
        }
    }

    [Fact]
    public async Task GetDatabaseAsync_ServerMissing_AnswersNullWithoutWaiting()
    {
        using var server = new RedisServer();
        server.Stop();
        var logs = new RecordedLogs();
        await using var redis = Connections.Open(server.Url(0), logs);

        Assert.Null(await redis.GetDatabaseAsync(Cancelled));
        Assert.Null(await redis.GetDatabaseAsync(Cancelled));
        Assert.False(await redis.PingAsync(Cancelled));

        await Connections.UntilAsync(() => Task.FromResult(logs.CountOf(300) == 1));
        server.Start();
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        await Connections.UntilAsync(() => Task.FromResult(logs.CountOf(301) == 1));
        Assert.Equal(1, logs.CountOf(300));
    }

    [Fact]
    public async Task GetDatabaseAsync_ServerRestarts_LogsOnceWhenItGoesAndOnceWhenItIsBack()
    {
        using var server = new RedisServer();
        var logs = new RecordedLogs();
        await using var redis = Connections.Open(server.Url(0), logs);
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));

        server.Stop();
        await Connections.UntilAsync(async () => await redis.GetDatabaseAsync(Cancelled) is null);
        await Connections.UntilAsync(() => Task.FromResult(redis.IsLost));
        for (var i = 0; i < 50; i++)
        {
            Assert.True(redis.GetDatabaseAsync(Cancelled).AsTask().IsCompleted);
        }

        server.Start();
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        await Connections.UntilAsync(() => Task.FromResult(logs.CountOf(301) == 1));
        Assert.Equal(1, logs.CountOf(300));
        Assert.False(redis.IsLost);
    }

    [Fact]
    public async Task GetDatabaseAsync_WrongPassword_SaysSoWithoutThePassword()
    {
        using var server = new RedisServer("--requirepass", "right");
        var logs = new RecordedLogs();
        await using var redis = Connections.Open($"redis://:wr0ng@127.0.0.1:{server.Port}", logs);
        Assert.False(await redis.PingAsync(Cancelled));
        await Connections.UntilAsync(() => Task.FromResult(logs.CountOf(300) == 1));
        var text = Assert.Single(logs.Texts);
        Assert.Contains("AuthenticationFailure", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_Used_LaterUsesFindNoDatabase()
    {
        var redis = Connections.Open(RedisServer.Shared.TakeDatabase(), new RecordedLogs());
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        await redis.DisposeAsync();
        Assert.False(await redis.PingAsync(Cancelled));
        Assert.Null(await redis.GetDatabaseAsync(Cancelled));
    }
}
