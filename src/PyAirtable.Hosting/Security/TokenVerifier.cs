using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Checks access tokens (platform contract 2.1, 8.2 and D-11; RFC 8725). The token library checks the signature; shape, header and
/// claims are read here, since the contract's rules on time and users are not the library's, and since a bad token must not cost
/// an exception. Nothing of a token is parsed before its signature is known to be right.
/// </summary>
public sealed class TokenVerifier : IDisposable
{
    /// <summary>Characters that a token may have.</summary>
    public const int MaxLength = 8192;

    private static readonly SearchValues<char> Base64UrlOrDot =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly TokenSignatures _signatures;
    private readonly string _usualHeader;
    private readonly JwtOptions _options;
    private readonly TimeProvider _time;

    /// <summary>A verifier by <paramref name="options"/> and the clock <paramref name="time"/>.</summary>
    public TokenVerifier(JwtOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _signatures = new TokenSignatures(options);
        _usualHeader = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{options.Algorithm}}","typ":"JWT"}"""));
    }

    /// <summary>Checks <paramref name="token"/>. Never throws.</summary>
    public TokenCheck Verify(string token)
    {
        if (token.Length > MaxLength || token.AsSpan().ContainsAnyExcept(Base64UrlOrDot))
        {
            return default;
        }

        var headerEnd = token.IndexOf('.', StringComparison.Ordinal);
        var payloadEnd = token.LastIndexOf('.');
        if (headerEnd <= 0 || payloadEnd <= headerEnd + 1 || token.AsSpan(headerEnd + 1, payloadEnd - headerEnd - 1).Contains('.'))
        {
            return default;
        }

        if (!IsSigned(token, payloadEnd) || !IsHeaderAccepted(token.AsSpan(0, headerEnd)))
        {
            return default;
        }

        return TryParse(token.AsSpan(headerEnd + 1, payloadEnd - headerEnd - 1), out var claims)
            ? TokenRules.Check(claims, _options.Issuer, _time.GetUtcNow().ToUnixTimeSeconds())
            : default;
    }

    /// <inheritdoc/>
    public void Dispose() => _signatures.Dispose();

    private bool IsSigned(string token, int payloadEnd)
    {
        var text = token.AsSpan(payloadEnd + 1);
        if (text.Length != Base64Url.GetEncodedLength(_signatures.Length))
        {
            return false;
        }

        var signature = new byte[_signatures.Length];
        if (Base64Url.DecodeFromChars(text, signature, out _, out var decoded) != OperationStatus.Done || decoded != _signatures.Length)
        {
            return false;
        }

        // Spare bits of the last character would make several texts of one signature.
        Span<char> canonical = stackalloc char[88];
        var length = Base64Url.EncodeToChars(signature, canonical);
        if (!canonical[..length].SequenceEqual(text))
        {
            return false;
        }

        var signed = ArrayPool<byte>.Shared.Rent(payloadEnd);
        try
        {
            Encoding.ASCII.GetBytes(token.AsSpan(0, payloadEnd), signed);
            return _signatures.Verify(signed, payloadEnd, signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
        }
    }

    private bool IsHeaderAccepted(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(_usualHeader))
        {
            return true;
        }

        return TryParse(text, out var header)
            && TokenRules.Text(header, "alg") is { } algorithm && algorithm == _options.Algorithm
            && !header.TryGetProperty("crit", out _)
            && !header.TryGetProperty("cty", out _)
            && (!header.TryGetProperty("typ", out _) || "JWT".Equals(TokenRules.Text(header, "typ"), StringComparison.OrdinalIgnoreCase));
    }

    // An object without repeated members whose texts can all be read; else nothing.
    private static bool TryParse(ReadOnlySpan<char> text, out JsonElement value)
    {
        value = default;
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || !Utf8.IsValid(bytes.AsSpan(0, length)))
            {
                return false;
            }

            value = JsonElement.Parse(bytes.AsSpan(0, length), new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
            return value.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }
}
