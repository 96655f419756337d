using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Hosting.Security;

/// <summary>The rules on claims, in the order in which Python's library checks them.</summary>
internal static class TokenRules
{
    /// <summary>Seconds that <c>iat</c> and <c>nbf</c> may be ahead of the clock; <c>exp</c> has no such grace.</summary>
    internal const int Skew = 30;

    internal static TokenCheck Check(JsonElement claims, string issuer, long now)
    {
        if (!IsPast(claims, "iat", now, out var issuedAt) || !IsPast(claims, "nbf", now, out _) || Expiry(claims) is not { } expiresAt)
        {
            return default;
        }

        if (expiresAt <= now)
        {
            return new TokenCheck(TokenOutcome.Expired);
        }

        if (HasAudience(claims) || !IsAbsentOr(claims, "iss", issuer) || !IsAbsentOr(claims, "type", TokenClaims.AccessType))
        {
            return default;
        }

        // A token that cannot be named could not be revoked.
        var id = Text(claims, "jti");
        if (id is null && claims.TryGetProperty("jti", out _))
        {
            return default;
        }

        if (!TryReadId(claims, "user_id", textAllowed: false, out var userId) || !TryReadId(claims, "sub", textAllowed: true, out var subject))
        {
            return new TokenCheck(TokenOutcome.NoUser);
        }

        if (userId is not null && subject is not null && userId != subject)
        {
            return default;
        }

        return (userId ?? subject) switch
        {
            null => new TokenCheck(TokenOutcome.NoUser),
            0 => new TokenCheck(TokenOutcome.ZeroUser),
            { } user => new TokenCheck(
                TokenOutcome.Valid,
                new TokenClaims(user, Text(claims, "email"), Text(claims, "role"), id, issuedAt, expiresAt)),
        };
    }

    /// <summary>The text of a member; null where it is absent, no text, or has half a surrogate pair.</summary>
    internal static string? Text(JsonElement value, string name)
    {
        if (!value.TryGetProperty(name, out var member) || member.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsPast(JsonElement claims, string name, long now, out long? seconds)
    {
        seconds = null;
        if (!claims.TryGetProperty(name, out var value))
        {
            return true;
        }

        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetInt64(out var time) || time > now + Skew)
        {
            return false;
        }

        seconds = time;
        return true;
    }

    // NumericDate may have a fraction (RFC 7519, section 2); Python cuts it off.
    private static long? Expiry(JsonElement claims)
    {
        if (!claims.TryGetProperty("exp", out var value) || value.ValueKind is not JsonValueKind.Number)
        {
            return null;
        }

        if (value.TryGetInt64(out var seconds))
        {
            return seconds;
        }

        var wide = value.GetDouble();
        return Math.Abs(wide) < long.MaxValue ? (long)wide : null;
    }

    private static bool HasAudience(JsonElement claims) => claims.TryGetProperty("aud", out var audience) && audience.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.String => !audience.ValueEquals(""u8),
        JsonValueKind.Array => audience.GetArrayLength() > 0,
        _ => true,
    };

    private static bool IsAbsentOr(JsonElement claims, string name, string expected) =>
        !claims.TryGetProperty(name, out _) || Text(claims, name) == expected;

    // False where the claim is there but is no 32-bit integer.
    private static bool TryReadId(JsonElement claims, string name, bool textAllowed, out int? id)
    {
        id = null;
        if (!claims.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            id = number;
        }
        else if (textAllowed && Text(claims, name) is { } text && !text.Contains('\0')
            && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number))
        {
            id = number;
        }

        return id is not null;
    }
}
