using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Who sent a request. <c>X-Forwarded-For</c> can be written by anyone, so what is read from it suits statistics and rate limits,
/// never rights.
/// </summary>
public static class ClientAddress
{
    /// <summary>Answer where the peer has no address (a Unix socket).</summary>
    public const string Unknown = "unknown";

    // The longest IPv6 address in text, and the width of the database column.
    private const int LongestAddress = 45;

    /// <summary>Characters of an <c>X-Forwarded-For</c> that counts as a key, see <see cref="LimitKey(string, string, TrustedPeers)"/>.</summary>
    public const int LongestKey = 256;

    /// <summary>
    /// The first entry of <c>X-Forwarded-For</c> if it is an address of at most 45 characters (platform contract D-19), else the
    /// peer's address.
    /// </summary>
    /// <param name="http">The exchange.</param>
    /// <param name="trustForwarded">False looks at the peer only.</param>
    public static string Of(HttpContext http, bool trustForwarded)
    {
        if (trustForwarded && http.Request.Headers["X-Forwarded-For"] is [{ Length: > 0 } forwarded, ..])
        {
            var comma = forwarded.IndexOf(',', StringComparison.Ordinal);
            var first = forwarded.AsSpan(0, comma < 0 ? forwarded.Length : comma).Trim();
            if (first.Length <= LongestAddress && TryParse(first, out _))
            {
                return first.ToString();
            }
        }

        return Peer(http);
    }

    /// <summary>The key under which a client's requests are counted, see <see cref="LimitKey(string, string, TrustedPeers)"/>.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="trusted">Who is believed.</param>
    public static string LimitKey(HttpContext http, TrustedPeers trusted)
    {
        var chain = http.Request.Headers["X-Forwarded-For"];
        return chain.Count > 0 && trusted.Contains(http.Connection.RemoteIpAddress)
            // A proxy may have added a line of its own to that of its client.
            ? LimitKey(Peer(http), (trusted == TrustedPeers.All ? chain[0] : chain.ToString()) ?? "", trusted)
            : Peer(http);
    }

    /// <summary>
    /// The key under which the requests of a trusted peer are counted: the client of the chain by <see cref="TrustedPeers.ClientOf"/>, or
    /// where everybody is trusted, the chain's whole text (gateway contract 7.4 and G8); else the peer's address. A text of more than 256
    /// characters counts for nothing, so that keys stay small.
    /// </summary>
    /// <param name="peer">Address of the peer.</param>
    /// <param name="chain">Value of its <c>X-Forwarded-For</c>.</param>
    /// <param name="trusted">Who is believed.</param>
    public static string LimitKey(string peer, string chain, TrustedPeers trusted) =>
        trusted != TrustedPeers.All ? trusted.ClientOf(chain)?.ToString() ?? peer
        : chain.Length is > 0 and <= LongestKey ? chain
        : peer;

    /// <summary>An IPv4 address that came as an IPv6 one as what it is; others as they are.</summary>
    public static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // The framework also takes "1" and "0x7f.1" for addresses, and scope ids and brackets.
    internal static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return (text.Count('.') == 3 || text.Contains(':'))
            && !text.ContainsAny("%[]x")
            && IPAddress.TryParse(text, out address);
    }

    private static string Peer(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Unmapped(address).ToString() : Unknown;
}
