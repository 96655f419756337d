using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace PyAirtable.Hosting.Security;

/// <summary>The secret in the form that the token library takes.</summary>
internal static class TokenKey
{
    /// <summary>Bytes of a signature.</summary>
    internal static int SignatureLength(string algorithm) => algorithm switch
    {
        "HS256" => 32,
        "HS384" => 48,
        "HS512" => 64,
        _ => throw new ArgumentException("The JWT algorithm must be HS256, HS384 or HS512.", nameof(algorithm)),
    };

    /// <summary>
    /// The library refuses short keys. HMAC itself begins by filling a short key with zero bytes up to the hash's block
    /// (RFC 2104, section 2), so a key filled beforehand makes the same signatures.
    /// </summary>
    internal static SymmetricSecurityKey Create(JwtOptions options)
    {
        var block = SignatureLength(options.Algorithm) == 32 ? 64 : 128;
        var secret = Encoding.UTF8.GetBytes(options.Secret);
        if (secret.Length < block)
        {
            Array.Resize(ref secret, block);
        }

        return new SymmetricSecurityKey(secret) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = true } };
    }
}
