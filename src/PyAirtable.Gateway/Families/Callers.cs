using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.Families;

/// <summary>Who sends a request, by what it shows: a key or a token.</summary>
/// <param name="keys">The keys that clients may send.</param>
/// <param name="tokens">Checks tokens; null where none are looked at.</param>
/// <param name="revoked">Those that are refused all the same.</param>
internal sealed class Callers(ApiKeys keys, VerifiedTokens? tokens, RevokedTokens revoked)
{
    private const string Scheme = "Bearer ";

    /// <summary>The key in the header, or where that is missing or empty, in the query; null for none.</summary>
    public static string? KeyOf(HttpContext http)
    {
        var key = http.Request.Headers[ApiKeys.Header] is [{ Length: > 0 } sent, ..] ? sent : KeyQuery.Find(RawTarget.Of(http).Query);
        return string.IsNullOrEmpty(key) ? null : key;
    }

    /// <summary>Which of the keys it is; -1 for none of them.</summary>
    public int Find(string key) => keys.Find(key);

    /// <summary>What the bearer token of a request is worth; null where it has none, or nobody looks.</summary>
    public TokenCheck? CheckToken(HttpRequest request) =>
        tokens is not null
        && request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header.AsSpan(Scheme.Length).Trim(' ') is { Length: > 0 } token
            ? Check(tokens, token)
            : null;

    private TokenCheck Check(VerifiedTokens tokens, ReadOnlySpan<char> token)
    {
        var check = tokens.Verify(token);
        return check.IsValid && revoked.Contains(check.Claims, token) ? default : check;
    }
}
