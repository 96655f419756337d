using System.Collections.Frozen;
using System.Text;

namespace PyAirtable.Gateway.Http1;

/// <summary>Names of headers that answers have, with what becomes of them; found from bytes without making a string.</summary>
internal static class HeaderNames
{
    private const int LongestKnown = 40;

    private static readonly FrozenDictionary<string, (string Name, HeaderFate Fate)> Known = Make();
    private static readonly FrozenDictionary<string, (string Name, HeaderFate Fate)>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name as a string, and its fate.</summary>
    public static (string Name, HeaderFate Fate) Find(ReadOnlySpan<byte> name)
    {
        if (name.Length <= LongestKnown)
        {
            Span<char> text = stackalloc char[LongestKnown];
            var length = Encoding.Latin1.GetChars(name, text);
            if (Lookup.TryGetValue(text[..length], out var known))
            {
                return known;
            }
        }
        var unknown = Encoding.Latin1.GetString(name);
        return (unknown, unknown.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) ? HeaderFate.Dropped : HeaderFate.Passes);
    }

    private static FrozenDictionary<string, (string Name, HeaderFate Fate)> Make()
    {
        var all = new Dictionary<string, (string Name, HeaderFate Fate)>(StringComparer.OrdinalIgnoreCase);
        Add(HeaderFate.ContentLength, "Content-Length");
        Add(HeaderFate.TransferEncoding, "Transfer-Encoding");
        Add(HeaderFate.Connection, "Connection");
        Add(HeaderFate.Vary, "Vary");
        // Of the connection (RFC 9110, 7.6.1).
        Add(HeaderFate.Dropped, "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info", "Trailer", "Upgrade", "TE");
        // The gateway's own word counts (G3), and nobody is told what stands behind it (G4).
        Add(HeaderFate.Dropped, "Server", "X-Trace-ID", "X-Request-ID", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
            "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers",
            "Access-Control-Expose-Headers", "Access-Control-Max-Age");
        Add(HeaderFate.Dropped, "X-XSS-Protection", "X-Content-Type-Options", "X-Frame-Options", "Cross-Origin-Embedder-Policy",
            "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Origin-Agent-Cluster", "Referrer-Policy", "X-DNS-Prefetch-Control",
            "X-Download-Options", "X-Permitted-Cross-Domain-Policies");
        Add(HeaderFate.Passes, "Content-Type", "Date", "Cache-Control", "ETag", "Last-Modified", "Location", "Set-Cookie", "Content-Encoding",
            "Content-Language", "Content-Disposition", "Content-Range", "Accept-Ranges", "Expires", "Pragma", "Age", "Link", "Allow",
            "WWW-Authenticate", "Retry-After", "Strict-Transport-Security", "Content-Security-Policy", "X-Process-Time");
        return all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(HeaderFate fate, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                all.Add(name, (name, fate));
            }
        }
    }
}
