using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Redis;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Tells revocations from process to process by a sorted set in Redis, scored by the time of the telling in Unix seconds. Members are
/// <c>token:id:expiry</c> and <c>user:id:valid from:expiry</c>. Who listens knows of one within about a second, after its start or a
/// time without Redis of all.
/// </summary>
/// <param name="redis">The connection.</param>
/// <param name="revoked">What this process knows.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where the absence of Redis is told.</param>
public sealed partial class RevocationFeed(RedisConnection redis, RevokedTokens revoked, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>For how long entries are kept at least.</summary>
    public static readonly TimeSpan ShortestMemory = TimeSpan.FromDays(30);

    private const string Key = "revocations";
    private const int PageSize = 10_000;

    // What was told within this time is read again: clocks differ between machines, and tellings overtake each other.
    private const long Overlap = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _readTo;
    private bool _isAway;

    /// <summary>For how long entries are kept: as long as tokens live.</summary>
    public TimeSpan Memory { get; init; } = ShortestMemory;

    /// <summary>Tells of one token. Does not throw when Redis is away.</summary>
    public Task TellAsync(Guid token, long expiresAt, CancellationToken cancel) =>
        TellAsync(string.Create(CultureInfo.InvariantCulture, $"token:{token}:{expiresAt}"), cancel);

    /// <summary>Tells of all older tokens of a user. Does not throw when Redis is away.</summary>
    public Task TellAsync(int user, long validFrom, long until, CancellationToken cancel) =>
        TellAsync(string.Create(CultureInfo.InvariantCulture, $"user:{user}:{validFrom}:{until}"), cancel);

    /// <summary>Takes in what was told since the last time.</summary>
    internal async Task ReadAsync(CancellationToken cancel)
    {
        if (await redis.GetDatabaseAsync(cancel) is not { } database)
        {
            return;
        }
        var since = Math.Max(0, _readTo - Overlap);
        for (var skip = 0L; ; skip += PageSize)
        {
            var page = await database.SortedSetRangeByScoreWithScoresAsync(Key, since, skip: skip, take: PageSize);
            foreach (var entry in page)
            {
                Take(entry.Element.ToString());
                _readTo = Math.Max(_readTo, (long)entry.Score);
            }
            if (page.Length < PageSize)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do
            {
                await TryAsync(ReadAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop.
        }
    }

    private Task TellAsync(string entry, CancellationToken cancel) => TryAsync(
        async token =>
        {
            if (await redis.GetDatabaseAsync(token) is { } database)
            {
                var now = clock.GetUtcNow();
                await Task.WhenAll(
                    database.SortedSetAddAsync(Key, entry, now.ToUnixTimeSeconds()),
                    database.SortedSetRemoveRangeByScoreAsync(Key, 0, (now - Memory).ToUnixTimeSeconds()));
            }
        },
        cancel);

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancel)
    {
        try
        {
            await act(cancel);
            _isAway = false;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            if (!_isAway)
            {
                LogAway(log, e.GetType().Name);
            }
            _isAway = true;
        }
    }

    private void Take(string entry)
    {
        switch (entry.Split(':'))
        {
            case ["token", var id, var expiry] when Guid.TryParse(id, out var token) && IsNumber(expiry, out var expiresAt):
                revoked.Revoke(token, expiresAt);
                break;
            case ["user", var id, var from, var expiry] when int.TryParse(id, CultureInfo.InvariantCulture, out var user) && IsNumber(from, out var validFrom) && IsNumber(expiry, out var until):
                revoked.RevokeBefore(user, validFrom, until);
                break;
            default:
                // Of a later version.
                break;
        }
    }

    private static bool IsNumber(string text, out long number) => long.TryParse(text, CultureInfo.InvariantCulture, out number);

    [LoggerMessage(EventId = 41, Level = LogLevel.Warning, Message = "Redis does not carry revocations of tokens ({Reason})")]
    private static partial void LogAway(ILogger logger, string reason);
}
