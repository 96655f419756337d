using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Storage;
using StackExchange.Redis;

namespace PyAirtable.Platform.Tokens;

/// <summary>
/// Revokes access tokens (platform contract 8.6). The database decides: it is durable, and read with the user on every request anyway.
/// A gateway in this process, and those that share the Redis, are told, since they check tokens without the database; Redis may be
/// away, or lose what it had, without a revoked token becoming good again here.
/// </summary>
internal sealed partial class TokenRevocations(RevokedTokenStore store, ProcessContext process, TimeSpan lifetime, ILogger log)
{
    /// <summary>What the keys in Redis start with; the <c>jti</c> follows.</summary>
    public const string KeyPrefix = "revoked_jti:";

    // Tokens of the Python service may live longer than ours.
    private readonly TimeSpan _memory = lifetime > RevocationFeed.ShortestMemory ? lifetime : RevocationFeed.ShortestMemory;

    private RevocationFeed? Feed => field ??= process.Redis is { } redis ? new(redis, process.RevokedTokens, process.Clock, log) { Memory = _memory } : null;

    /// <summary>Refuses the caller's token from now on; stored when this returns.</summary>
    public async Task RevokeAsync(Caller caller, CancellationToken cancel)
    {
        var expiresAt = DatabaseTime.FromUnixSeconds(caller.Claims.ExpiresAt);
        await store.AddAsync(caller.TokenId, expiresAt, cancel);
        process.RevokedTokens.Revoke(caller.TokenId, caller.Claims.ExpiresAt);
        if (Feed is not null)
        {
            await Feed.TellAsync(caller.TokenId, caller.Claims.ExpiresAt, cancel);
            await TellRedisAsync(caller.Claims.Id ?? caller.TokenId.ToString(), expiresAt - process.Clock.Now(), cancel);
        }
    }

    /// <summary>Tells that the tokens of a user were ended, which is stored already.</summary>
    /// <param name="user">The user.</param>
    /// <param name="validFrom">Time of issue of the first good token.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task TellEndedAsync(int user, DateTime validFrom, CancellationToken cancel)
    {
        var (from, until) = (validFrom.ToUnixSeconds(), (validFrom + _memory).ToUnixSeconds());
        process.RevokedTokens.RevokeBefore(user, from, until);
        if (Feed is not null)
        {
            await Feed.TellAsync(user, from, until, cancel);
        }
    }

    /// <summary>Tells the rest of this process what was revoked before its start.</summary>
    public async Task RecallAsync(CancellationToken cancel)
    {
        foreach (var token in await store.ListAsync(process.Clock.Now(), cancel))
        {
            process.RevokedTokens.Revoke(token.Id, token.ExpiresAt.ToUnixSeconds());
        }
        foreach (var user in await store.ListEndedAsync(process.Clock.Now() - _memory, cancel))
        {
            process.RevokedTokens.RevokeBefore(user.Id, user.ValidFrom.ToUnixSeconds(), (user.ValidFrom + _memory).ToUnixSeconds());
        }
    }

    private async Task TellRedisAsync(string id, TimeSpan left, CancellationToken cancel)
    {
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            if (await process.Redis!.GetDatabaseAsync(cancel) is { } database)
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
