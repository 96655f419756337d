using System.Security.Cryptography;
using System.Text;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Platform.Tokens;

/// <summary>
/// By what an access token is revoked: its <c>jti</c> where that is a UUID, as in all tokens made here. Those of the Python service
/// have none; theirs is taken from their hash. A verified token has one text only, so the hash names it as surely.
/// </summary>
internal static class TokenId
{
    /// <summary>The id of a verified token.</summary>
    public static Guid Of(TokenClaims claims, string token) =>
        Guid.TryParseExact(claims.Id, "D", out var id) ? id : new Guid(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));
}
