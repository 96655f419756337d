using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// By what an access token is revoked: its <c>jti</c> where that is a UUID, as in all tokens made here. Those of the Python service
/// have none; theirs is taken from their hash. A verified token has one text only, so the hash names it as surely.
/// </summary>
public static class TokenId
{
    /// <summary>The id of a verified token.</summary>
    public static Guid Of(TokenClaims claims, ReadOnlySpan<char> token)
    {
        if (Guid.TryParseExact(claims.Id, "D", out var id))
        {
            return id;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> text = stackalloc byte[TokenVerifier.MaxLength];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(token, text)], hash);
        return new Guid(hash[..16]);
    }
}
