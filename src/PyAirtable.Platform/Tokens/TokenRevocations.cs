using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Redis;
using PyAirtable.Platform.Storage;
using StackExchange.Redis;

namespace PyAirtable.Platform.Tokens;

/// <summary>
/// Revokes access tokens one by one (platform contract 8.6). The table decides: it is durable, and read with the user on every
/// request anyway. Redis gets a copy for those who check tokens without the database; it may be away, or lose what it had, without
/// a revoked token becoming good again here.
/// </summary>
internal sealed partial class TokenRevocations(RevokedTokenStore store, RedisConnection? redis, TimeProvider clock, ILogger log)
{
    /// <summary>What the keys in Redis start with; the <c>jti</c> follows.</summary>
    public const string KeyPrefix = "revoked_jti:";

    /// <summary>Refuses the caller's token from now on; stored when this returns.</summary>
    public async Task RevokeAsync(Caller caller, CancellationToken cancel)
    {
        var expiresAt = DatabaseTime.FromUnixSeconds(caller.Claims.ExpiresAt);
        await store.AddAsync(caller.TokenId, expiresAt, cancel);
        await TellRedisAsync(caller.Claims.Id ?? caller.TokenId.ToString(), expiresAt - clock.Now(), cancel);
    }

    private async Task TellRedisAsync(string id, TimeSpan left, CancellationToken cancel)
    {
        if (redis is null || left <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            if (await redis.GetDatabaseAsync(cancel) is { } database)
            {
                await database.StringSetAsync(KeyPrefix + id, 1, left);
            }
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            LogNotTold(log, e.GetType().Name);
        }
    }

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "Redis was not told of a revoked token ({Reason}); here it is refused all the same")]
    private static partial void LogNotTold(ILogger logger, string reason);
}
