using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Sessions;

/// <summary>Begins, continues and ends sessions: an access token for the requests, a refresh token for the next one (platform contract 8.6).</summary>
/// <remarks>The time of issue is taken before a session is stored: a change of password or a deactivation that comes after it
/// refuses all access tokens of an earlier time, whenever they reach their client.</remarks>
internal sealed class SessionBook(UserStore users, RefreshTokenStore store, AccessTokens access, SessionOptions options, TimeProvider clock)
{
    private long RefreshLifetime => (long)options.Lifetime.TotalSeconds;

    /// <summary>Adds a user with a first session; null when the address is taken.</summary>
    public async Task<Session?> RegisterAsync(User user, CancellationToken cancel)
    {
        var (token, stored) = NewToken();
        return await users.AddAsync(user, stored, cancel) is { } id
            ? Make(user with { Id = id, UpdatedAt = user.CreatedAt }, token, stored.CreatedAt)
            : null;
    }

    /// <summary>A session for a user whose password was compared; null where the account has changed since it was read.</summary>
    public async Task<Session?> OpenAsync(User user, CancellationToken cancel)
    {
        var (token, stored) = NewToken();
        return await store.OpenAsync(user, stored, cancel) ? Make(user, token, stored.CreatedAt) : null;
    }

    /// <summary>The next tokens for a refresh token; null where it is not good. One that was stolen or whose user is gone takes its family along.</summary>
    public async Task<Session?> RefreshAsync(string presented, CancellationToken cancel)
    {
        if (presented.Length != RefreshToken.Length)
        {
            return null;
        }

        var (token, stored) = NewToken();
        var rotation = await store.RotateAsync(RefreshToken.HashOf(presented), stored, options.ReuseInterval, cancel);
        if (rotation is { Outcome: RotationOutcome.Reused or RotationOutcome.NoUser, Place: { } place })
        {
            // Not for the presenter to call off by going away.
            await store.RevokeFamilyAsync(place, clock.Now(), CancellationToken.None);
        }

        return rotation.User is { } user ? Make(user, token, stored.CreatedAt) : null;
    }

    /// <summary>Ends the session that a refresh token belongs to, with all its tokens. One that is not known, or not <paramref name="owner"/>'s, changes nothing.</summary>
    /// <param name="presented">The refresh token.</param>
    /// <param name="owner">Number of the user; null for whoever has the token.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task EndAsync(string presented, int? owner, CancellationToken cancel)
    {
        if (presented.Length == RefreshToken.Length
            && await store.FindAsync(RefreshToken.HashOf(presented), cancel) is { } place
            && (owner is null || owner == place.UserId))
        {
            await store.RevokeFamilyAsync(place, clock.Now(), cancel);
        }
    }

    /// <summary>Ends all sessions of a user; access tokens live on.</summary>
    public Task EndAllAsync(int userId, CancellationToken cancel) => store.RevokeAllAsync(userId, clock.Now(), cancel);

    private (string Token, NewRefreshToken Stored) NewToken()
    {
        var (token, now) = (RefreshToken.New(), clock.Now());
        return (token, new NewRefreshToken(RefreshToken.HashOf(token), now, now + options.Lifetime));
    }

    private Session Make(User user, string refreshToken, DateTime issuedAt) =>
        new(user, access.Issue(user, issuedAt), access.LifetimeSeconds, refreshToken, RefreshLifetime);
}
