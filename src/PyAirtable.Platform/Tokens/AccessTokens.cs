using System.Text.Json;
using PyAirtable.Hosting.Security;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Tokens;

/// <summary>The access tokens of users. Their library is loaded when the first token is made or checked.</summary>
internal sealed class AccessTokens(JwtOptions options, TimeProvider clock)
{
    private readonly Lazy<TokenIssuer> _issuer = new(() => new TokenIssuer(options, clock));
    private readonly Lazy<TokenVerifier> _verifier = new(() => new TokenVerifier(options, clock));

    /// <summary>Checks a token's text; whether its user still exists is not asked.</summary>
    public TokenCheck Verify(string token) => _verifier.Value.Verify(token);

    /// <summary>Writes the members of a TokenResponse (platform contract 1.2) with a new token of the user.</summary>
    public void WriteNew(Utf8JsonWriter json, User user)
    {
        json.WriteString("access_token"u8, _issuer.Value.Issue(user.Id, user.Email, role: "user").Text);
        json.WriteString("token_type"u8, "bearer"u8);
        json.WriteNumber("expires_in"u8, _issuer.Value.LifetimeSeconds);
        UserJson.WriteMember(json, user);
    }
}
