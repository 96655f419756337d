using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Makes access tokens that every client of the platform reads: Python's claims in Python's order, then those of the Go services
/// (platform contract 2.1 and 8.2). There is no <c>aud</c>, which Python's library would refuse.
/// </summary>
public sealed class TokenIssuer : IDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = MinimalJsonEncoder.Instance };

    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenSignatures _signatures;
    private readonly SigningCredentials _credentials;
    private readonly string _issuer;
    private readonly long _lifetime;
    private readonly TimeProvider _time;

    /// <summary>An issuer by <paramref name="options"/> and the clock <paramref name="time"/>.</summary>
    public TokenIssuer(JwtOptions options, TimeProvider time)
    {
        _lifetime = (long)options.Lifetime.TotalSeconds;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_lifetime, nameof(options));
        _signatures = new TokenSignatures(options);
        _credentials = new SigningCredentials(_signatures.Key, options.Algorithm);
        _issuer = options.Issuer;
        _time = time;
    }

    /// <summary>Seconds that a token lives; the <c>expires_in</c> of answers.</summary>
    public long LifetimeSeconds => _lifetime;

    /// <summary>Makes a token.</summary>
    /// <param name="userId">Number of the user.</param>
    /// <param name="email">Address of the user now.</param>
    /// <param name="role"><c>user</c> or <c>admin</c>.</param>
    /// <param name="issuedAt">Unix seconds of its issue; now when null.</param>
    public IssuedToken Issue(int userId, string email, string role, long? issuedAt = null)
    {
        var now = issuedAt ?? _time.GetUtcNow().ToUnixTimeSeconds();
        var id = Guid.NewGuid().ToString();
        var payload = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(payload, Json))
        {
            json.WriteStartObject();
            json.WriteString("sub"u8, userId.ToString(CultureInfo.InvariantCulture));
            json.WriteString("email"u8, email);
            json.WriteNumber("iat"u8, now);
            json.WriteNumber("exp"u8, now + _lifetime);
            json.WriteString("type"u8, TokenClaims.AccessType);
            json.WriteNumber("user_id"u8, userId);
            json.WriteString("iss"u8, _issuer);
            json.WriteString("role"u8, role);
            json.WriteString("jti"u8, id);
            json.WriteEndObject();
        }

        return new IssuedToken(_handler.CreateToken(Encoding.UTF8.GetString(payload.WrittenSpan), _credentials), id, now + _lifetime);
    }

    /// <inheritdoc/>
    public void Dispose() => _signatures.Dispose();
}
