using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>What an upstream is told of whom a request is from and how it came: what a trusted peer says of it, where it says something,
/// and what the gateway itself sees.</summary>
internal static class ForwardedHeaders
{
    /// <summary>The clients, each with the next one's word for it.</summary>
    public const string For = "X-Forwarded-For";

    /// <summary>The scheme that the first client used.</summary>
    public const string Proto = "X-Forwarded-Proto";

    /// <summary>The host that it asked.</summary>
    public const string Host = "X-Forwarded-Host";

    /// <summary>Value of <see cref="For"/>: the peer, at the end of the chain that it has sent if it is trusted.</summary>
    public static string ForOf(HttpContext http, bool trusts)
    {
        var peer = ClientAddress.Of(http, trustForwarded: false);
        return Told(http, For, trusts) is { } chain ? $"{chain}, {peer}" : peer;
    }

    /// <summary>Value of <see cref="Proto"/>.</summary>
    public static string ProtoOf(HttpContext http, bool trusts) => Told(http, Proto, trusts) ?? http.Request.Scheme;

    /// <summary>Value of <see cref="Host"/>.</summary>
    public static string HostOf(HttpContext http, bool trusts) => Told(http, Host, trusts) ?? http.Request.Host.Value ?? "";

    // Several lines are one list (RFC 9110, 5.2); one without a value says nothing.
    private static string? Told(HttpContext http, string name, bool trusts) =>
        trusts && http.Request.Headers[name].ToString() is { Length: > 0 } told ? told : null;
}
