namespace PyAirtable.Hosting.Security;

/// <summary>How access tokens are made and checked.</summary>
public sealed class JwtOptions
{
    /// <summary>The shared secret; its UTF-8 bytes are the key. Production demands 32 bytes or more, other places any length.</summary>
    public required string Secret { get; init; }

    /// <summary>The one algorithm that is used and accepted: <c>HS256</c> (default), <c>HS384</c> or <c>HS512</c>.</summary>
    public string Algorithm { get; init; } = "HS256";

    /// <summary>The <c>iss</c> claim of new tokens; checked in tokens that have one. Default <c>pyairtable</c>.</summary>
    public string Issuer { get; init; } = "pyairtable";

    /// <summary>How long a token lives, above zero, counted in whole seconds. Default 24 hours.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(24);
}
