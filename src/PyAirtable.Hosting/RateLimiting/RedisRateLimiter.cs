using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Redis;
using StackExchange.Redis;

namespace PyAirtable.Hosting.RateLimiting;

/// <summary>
/// Token buckets that many processes share: one script, one round trip, by Redis's own clock. While Redis is
/// away the process's own buckets decide; it is asked again every two seconds.
/// </summary>
public sealed partial class RedisRateLimiter(
    RedisConnection redis,
    IRateLimiter fallback,
    RateLimitOptions options,
    TimeProvider time,
    ILoggerFactory loggers) : IRateLimiter
{
    /// <summary>What the keys in Redis start with.</summary>
    public const string KeyPrefix = "ratelimit:";

    // The bucket is the moment, in microseconds, at which it is full again, and the key vanishes just then.
    // Returns whether a token was taken and the microseconds until the bucket is full.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
        local debt = math.max((tonumber(redis.call('GET', KEYS[1])) or 0) - now, 0)
        if debt + interval > interval * burst then
          return {0, math.ceil(debt)}
        end
        debt = debt + interval
        redis.call('SET', KEYS[1], string.format('%.1f', now + debt), 'PX', math.ceil(debt / 1000))
        return {1, math.ceil(debt)}
        """;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = loggers.CreateLogger<RedisRateLimiter>();
    private readonly RedisValue[] _arguments = [options.Interval.TotalMicroseconds, options.Burst];
    private long _retryAt = long.MinValue;
    private int _away;

    /// <inheritdoc/>
    public async ValueTask<RateLimitDecision> TakeAsync(string key, CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() >= Volatile.Read(ref _retryAt))
        {
            try
            {
                if (await redis.GetDatabaseAsync(cancellationToken) is { } database)
                {
                    var answer = (long[]?)await database.ScriptEvaluateAsync(Script, [KeyPrefix + RateLimitKey.Shorten(key)], _arguments);
                    MarkBack();
                    return RateLimitDecision.FromDebt(answer![0] == 1, TimeSpan.FromMicroseconds(answer[1]), options);
                }

                MarkAway("not connected");
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                // One slow answer is enough: without the pause each request would wait out its own time limit.
                Volatile.Write(ref _retryAt, time.GetTimestamp() + (long)(RetryAfter.TotalSeconds * time.TimestampFrequency));
                MarkAway(e.GetType().Name);
            }
        }

        return await fallback.TakeAsync(key, cancellationToken);
    }

    private void MarkAway(string reason)
    {
        if (Interlocked.Exchange(ref _away, 1) == 0)
        {
            LogAway(_logger, reason);
        }
    }

    private void MarkBack()
    {
        if (Volatile.Read(ref _away) == 1 && Interlocked.Exchange(ref _away, 0) == 1)
        {
            LogBack(_logger);
        }
    }
}
