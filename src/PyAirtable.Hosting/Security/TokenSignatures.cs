using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// The one signature provider of a secret, handed to the token library whenever it asks. The library's own cache of providers
/// keeps a background task alive, which one key does not need.
/// </summary>
internal sealed class TokenSignatures : CryptoProviderFactory, IDisposable
{
    private readonly SymmetricSignatureProvider _provider;

    /// <summary>Signatures by the secret and the algorithm of <paramref name="options"/>.</summary>
    internal TokenSignatures(JwtOptions options)
    {
        CacheSignatureProviders = false;
        Length = options.Algorithm switch
        {
            "HS256" => 32,
            "HS384" => 48,
            "HS512" => 64,
            _ => throw new ArgumentException("The JWT algorithm must be HS256, HS384 or HS512.", nameof(options)),
        };

        // The library refuses short keys. HMAC itself begins by filling a short key with zero bytes up to the hash's block
        // (RFC 2104, section 2), so a key filled beforehand makes the same signatures.
        var block = Length == 32 ? 64 : 128;
        var secret = Encoding.UTF8.GetBytes(options.Secret);
        if (secret.Length < block)
        {
            Array.Resize(ref secret, block);
        }

        Key = new SymmetricSecurityKey(secret) { CryptoProviderFactory = this };
        _provider = new SymmetricSignatureProvider(Key, options.Algorithm, willCreateSignatures: true);
    }

    /// <summary>The secret in the form that the library takes.</summary>
    internal SymmetricSecurityKey Key { get; }

    /// <summary>Bytes of a signature.</summary>
    internal int Length { get; }

    /// <summary>True if <paramref name="signature"/> is that of the first <paramref name="length"/> bytes of <paramref name="signed"/>; takes the same time for all.</summary>
    internal bool Verify(byte[] signed, int length, byte[] signature) => _provider.Verify(signed, 0, length, signature, 0, signature.Length);

    /// <inheritdoc/>
    public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm) => _provider;

    /// <inheritdoc/>
    public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm, bool cacheProvider) => _provider;

    /// <inheritdoc/>
    public override void ReleaseSignatureProvider(SignatureProvider signatureProvider)
    {
        // The provider lives as long as this.
    }

    /// <inheritdoc/>
    public void Dispose() => _provider.Dispose();
}
