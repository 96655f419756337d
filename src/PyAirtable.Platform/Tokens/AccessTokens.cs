using PyAirtable.Hosting.Security;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Tokens;

/// <summary>The access tokens of users. Their library is loaded when the first token is made or checked.</summary>
internal sealed class AccessTokens(JwtOptions options, Admins admins, TimeProvider clock)
{
    private readonly Lazy<TokenIssuer> _issuer = new(() => new TokenIssuer(options, clock));
    private readonly Lazy<VerifiedTokens> _verified = new(() => new VerifiedTokens(options, clock));

    /// <summary>Seconds that a token lives.</summary>
    public long LifetimeSeconds => _issuer.Value.LifetimeSeconds;

    /// <summary>Checks a token's text; whether its user still exists is not asked.</summary>
    public TokenCheck Verify(string token) => _verified.Value.Verify(token);

    /// <summary>A new token of the user, issued at <paramref name="now"/>, or up to a second or two later where all earlier ones are refused.</summary>
    public string Issue(User user, DateTime now)
    {
        var issuedAt = Math.Max(now.ToUnixSeconds(), user.TokensValidFrom?.ToUnixSeconds() ?? 0);
        return _issuer.Value.Issue(user.Id, user.Email, admins.RoleOf(user), issuedAt).Text;
    }
}
