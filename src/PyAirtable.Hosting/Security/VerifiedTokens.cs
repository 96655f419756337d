using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Checks access tokens as <see cref="TokenVerifier"/> does, and remembers good ones until they expire: a token that is known costs
/// one hash and no allocation. Only hashes are kept, and of bad tokens nothing.
/// </summary>
/// <remarks>There are two generations of entries: when the young one is full the old one is dropped, and what is asked for in the
/// old one is young again.</remarks>
public sealed class VerifiedTokens : IDisposable
{
    private readonly TokenVerifier _verifier;
    private readonly TimeProvider _time;
    private readonly int _generation;
    private readonly Lock _turning = new();
    private ConcurrentDictionary<Digest, TokenClaims> _young = new();
    private ConcurrentDictionary<Digest, TokenClaims> _old = new();
    private int _youngCount;

    /// <summary>Tokens by <paramref name="options"/> and the clock <paramref name="time"/>.</summary>
    /// <param name="options">The secret and the rules.</param>
    /// <param name="time">The clock.</param>
    /// <param name="capacity">Tokens remembered at most, 2 or more; about 300 bytes each.</param>
    public VerifiedTokens(JwtOptions options, TimeProvider time, int capacity = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _verifier = new TokenVerifier(options, time);
        _time = time;
        _generation = capacity / 2;
    }

    /// <summary>Tokens remembered now.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Checks <paramref name="token"/>. Never throws.</summary>
    public TokenCheck Verify(ReadOnlySpan<char> token)
    {
        if (token.Length > TokenVerifier.MaxLength)
        {
            return default;
        }

        var digest = Digest.Of(token);
        if (Recall(digest) is { } known)
        {
            return known.ExpiresAt > _time.GetUtcNow().ToUnixTimeSeconds() ? new TokenCheck(TokenOutcome.Valid, known) : new TokenCheck(TokenOutcome.Expired);
        }

        var check = _verifier.Verify(token.ToString());
        if (check.IsValid)
        {
            Remember(digest, check.Claims);
        }

        return check;
    }

    /// <inheritdoc/>
    public void Dispose() => _verifier.Dispose();

    private TokenClaims? Recall(Digest digest)
    {
        if (Volatile.Read(ref _young).TryGetValue(digest, out var claims))
        {
            return claims;
        }

        if (Volatile.Read(ref _old).TryGetValue(digest, out claims))
        {
            Remember(digest, claims);
        }

        return claims;
    }

    private void Remember(Digest digest, TokenClaims claims)
    {
        if (!Volatile.Read(ref _young).TryAdd(digest, claims) || Interlocked.Increment(ref _youngCount) < _generation)
        {
            return;
        }

        lock (_turning)
        {
            if (_youngCount >= _generation)
            {
                Volatile.Write(ref _old, _young);
                Volatile.Write(ref _young, new());
                Volatile.Write(ref _youngCount, 0);
            }
        }
    }

    private readonly record struct Digest(UInt128 First, UInt128 Second)
    {
        public static Digest Of(ReadOnlySpan<char> token)
        {
            Span<Digest> digest = stackalloc Digest[1];
            SHA256.HashData(MemoryMarshal.AsBytes(token), MemoryMarshal.AsBytes(digest));
            return digest[0];
        }
    }
}
