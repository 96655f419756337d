using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Tests.Redis;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Security;

/// <summary>Revocations from one process to another, over a real Redis.</summary>
public sealed class RevocationFeedTests
{
    private const long Start = 1_800_000_000;

    private readonly SetTime _clock = new(Start);
    private readonly RevokedTokens _known;

    public RevocationFeedTests() => _known = new RevokedTokens(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Told_InOneProcess_IsKnownInAnother()
    {
        await using var redis = Connections.Open(RedisServer.Shared.TakeDatabase(), new RecordedLogs());
        await Connections.UntilAsync(() => redis.PingAsync(Token));
        using var teller = Feed(redis, new RevokedTokens(_clock));
        using var listener = Feed(redis, _known);
        var (token, user) = (Claims(7), Claims(8));

        await teller.TellAsync(TokenId.Of(token, ""), token.ExpiresAt, Token);
        await listener.ReadAsync(Token);
        Assert.Equal((true, false), (_known.Contains(token, ""), _known.Contains(user, "")));

        // Of a machine whose clock is half a minute behind.
        _clock.Now = Start - 30;
        await teller.TellAsync(8, user.IssuedAt!.Value + 1, user.ExpiresAt, Token);
        await listener.ReadAsync(Token);
        Assert.True(_known.Contains(user, ""));
    }

    [Fact]
    public async Task Read_MoreThanAPage_TakesAll()
    {
        await using var redis = Connections.Open(RedisServer.Shared.TakeDatabase(), new RecordedLogs());
        await Connections.UntilAsync(() => redis.PingAsync(Token));
        using var feed = Feed(redis, _known);
        var tokens = Enumerable.Range(0, 10_050).Select(_ => Claims(7)).ToList();
        await Task.WhenAll(tokens.Select(claims => feed.TellAsync(TokenId.Of(claims, ""), claims.ExpiresAt, Token)));
        await (await redis.GetDatabaseAsync(Token))!.SortedSetAddAsync("revocations", "of a later version", Start);

        await feed.ReadAsync(Token);

        Assert.All(tokens, claims => Assert.True(_known.Contains(claims, "")));
    }

    [Fact]
    public async Task Tell_AfterItsMemory_DropsTheOldest()
    {
        await using var redis = Connections.Open(RedisServer.Shared.TakeDatabase(), new RecordedLogs());
        await Connections.UntilAsync(() => redis.PingAsync(Token));
        using var feed = Feed(redis, _known);
        await feed.TellAsync(Guid.NewGuid(), 0, Token);
        _clock.Now = Start + (long)feed.Memory.TotalSeconds + 1;
        await feed.TellAsync(Guid.NewGuid(), 0, Token);

        Assert.Equal(1, await (await redis.GetDatabaseAsync(Token))!.SortedSetLengthAsync("revocations"));
    }

    [Fact]
    public async Task Tell_RedisAway_SaysSoOnce()
    {
        var logs = new RecordedLogs();
        using var server = new RedisServer();
        await using var redis = Connections.Open(server.Url(0), new RecordedLogs());
        await Connections.UntilAsync(() => redis.PingAsync(Token));
        using var feed = new RevocationFeed(redis, _known, _clock, logs);
        server.Stop();

        await Connections.UntilAsync(async () =>
        {
            await feed.TellAsync(Guid.NewGuid(), 0, Token);
            await feed.ReadAsync(Token);
            return !await redis.PingAsync(Token);
        });

        Assert.InRange(logs.CountOf(41), 0, 1);
    }

    private RevocationFeed Feed(RedisConnection redis, RevokedTokens revoked) => new(redis, revoked, _clock, new RecordedLogs());

    private static TokenClaims Claims(int user) =>
        new(user, "ada@example.com", "user", Guid.NewGuid().ToString(), Start - 1, Start + 3600);
}
