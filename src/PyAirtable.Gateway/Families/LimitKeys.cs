using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.Families;

/// <summary>Under what a request is counted: its client's address, or by choice its API key or the user of its token. What has no
/// good key or token is counted by address. Never a key or token itself.</summary>
internal sealed class LimitKeys(GatewaySettings settings, Callers callers)
{
    // Headers are read as Latin-1, so that no X-Forwarded-For names what begins with this.
    private const char OutOfReach = '\u2192';

    private readonly Func<HttpContext, string?> _named = settings.RateLimitBy switch
    {
        "key" => http => Callers.KeyOf(http) is { } key && callers.Find(key) is >= 0 and var index ? Name("key", index) : null,
        "user" => http => callers.CheckToken(http.Request) is { IsValid: true } token ? Name("user", token.Claims.UserId) : null,
        _ => static _ => null,
    };

    /// <summary>The key for the limiter.</summary>
    public string Of(HttpContext http) => _named(http) ?? ClientAddress.LimitKey(http, settings.TrustedPeers);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{OutOfReach}{kind} {number}");
}
