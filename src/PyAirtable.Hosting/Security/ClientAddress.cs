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

    /// <summary>Characters of an <c>X-Forwarded-For</c> that counts as a key, see <see cref="LimitKey"/>.</summary>
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
            if (first.Length <= LongestAddress && IsAddress(first))
            {
                return first.ToString();
            }
        }

        return Peer(http);
    }

    /// <summary>
    /// The key under which a client's requests are counted: the whole text of <c>X-Forwarded-For</c> (gateway contract 7.4 and G8),
    /// else the peer's address. A text of more than 256 characters counts for nothing, so that keys stay small.
    /// </summary>
    /// <param name="http">The exchange.</param>
    /// <param name="trustForwarded">False looks at the peer only.</param>
    public static string LimitKey(HttpContext http, bool trustForwarded) =>
        trustForwarded && http.Request.Headers["X-Forwarded-For"] is [{ Length: > 0 and <= LongestKey } forwarded, ..] ? forwarded : Peer(http);

    private static string Peer(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => Unknown,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { } address => address.ToString(),
    };

    // The framework also takes "1" and "0x7f.1" for addresses, and scope ids and brackets.
    private static bool IsAddress(ReadOnlySpan<char> text) =>
        (text.Count('.') == 3 || text.Contains(':'))
        && !text.ContainsAny("%[]x")
        && IPAddress.TryParse(text, out _);
}
