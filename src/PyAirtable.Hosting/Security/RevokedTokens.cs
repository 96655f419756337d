using System.Collections.Concurrent;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Access tokens that are refused although they have not expired, as far as this process was told: for those who check tokens without
/// the database. Nothing is kept longer than it can matter.
/// </summary>
/// <param name="clock">The clock.</param>
public sealed class RevokedTokens(TimeProvider clock)
{
    // About 10 MB. Each takes a login, which costs a client more than us; beyond it only who reads the database refuses them.
    private const int MaxEntries = 100_000;

    private readonly ConcurrentDictionary<Guid, long> _tokens = new();
    private readonly ConcurrentDictionary<int, UserTokens> _users = new();
    private int _entries;

    /// <summary>Refuses one token.</summary>
    /// <param name="token">Its <see cref="TokenId"/>.</param>
    /// <param name="expiresAt">Unix seconds from which on it is refused anyway.</param>
    public void Revoke(Guid token, long expiresAt)
    {
        if (expiresAt > Now && HasRoom() && _tokens.TryAdd(token, expiresAt))
        {
            Interlocked.Increment(ref _entries);
        }
    }

    /// <summary>Refuses the tokens of a user that were issued earlier.</summary>
    /// <param name="user">The user.</param>
    /// <param name="validFrom">Unix seconds of issue of the first good token.</param>
    /// <param name="until">Unix seconds from which on all older ones have expired.</param>
    public void RevokeBefore(int user, long validFrom, long until)
    {
        if (until > Now && (_users.ContainsKey(user) || HasRoom()))
        {
            _users.AddOrUpdate(
                user,
                _ =>
                {
                    Interlocked.Increment(ref _entries);
                    return new(validFrom, until);
                },
                (_, known) => new(Math.Max(known.ValidFrom, validFrom), Math.Max(known.Until, until)));
        }
    }

    /// <summary>Whether a verified token was revoked. Costs a comparison while nothing is.</summary>
    public bool Contains(TokenClaims claims, ReadOnlySpan<char> token) =>
        Volatile.Read(ref _entries) > 0
        && ((_users.TryGetValue(claims.UserId, out var user) && !(claims.IssuedAt >= user.ValidFrom))
            || _tokens.ContainsKey(TokenId.Of(claims, token)));

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private bool HasRoom()
    {
        if (Volatile.Read(ref _entries) < MaxEntries)
        {
            return true;
        }
        var now = Now;
        Forget(_tokens, expiresAt => expiresAt <= now);
        Forget(_users, user => user.Until <= now);
        return Volatile.Read(ref _entries) < MaxEntries;
    }

    private void Forget<TKey, TValue>(ConcurrentDictionary<TKey, TValue> entries, Func<TValue, bool> isOver)
        where TKey : notnull
    {
        foreach (var entry in entries)
        {
            if (isOver(entry.Value) && entries.TryRemove(entry))
            {
                Interlocked.Decrement(ref _entries);
            }
        }
    }

    private readonly record struct UserTokens(long ValidFrom, long Until);
}
