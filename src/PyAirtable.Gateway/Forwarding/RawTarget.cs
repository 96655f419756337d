using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>The target of a request as it was sent: the server's own path is decoded and has its dot segments resolved.</summary>
/// <param name="Path">Encoded path, which begins with a slash; empty for targets that have none (<c>OPTIONS *</c>).</param>
/// <param name="Query">Encoded query with its question mark; empty where there is none.</param>
internal readonly record struct RawTarget(string Path, string Query)
{
    /// <summary>The target of a request.</summary>
    public static RawTarget Of(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            target = CutAuthority(target);
        }
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? new RawTarget(target, "") : new RawTarget(target[..query], target[query..]);
    }

    /// <summary>True if a segment is <c>.</c> or <c>..</c>, also encoded: what stands behind the gateway might climb with it.
    /// Encoded slashes and backslashes divide segments here, since it might take them so.</summary>
    public bool HasDotSegments()
    {
        // Most paths have no dot at all.
        if (Path.AsSpan().IndexOfAny('.', '%') < 0)
        {
            return false;
        }

        var (dots, others) = (0, 0);
        for (var i = 0; i < Path.Length; i++)
        {
            switch (Next(ref i))
            {
                case '/' or '\\':
                    if (others == 0 && dots is 1 or 2)
                    {
                        return true;
                    }
                    (dots, others) = (0, 0);
                    break;
                case '.':
                    dots++;
                    break;
                // Path parameters: some servers cut them off before they resolve dots.
                case ';' when others == 0 && dots is 1 or 2:
                    return true;
                default:
                    others++;
                    break;
            }
        }
        return others == 0 && dots is 1 or 2;
    }

    /// <summary>What follows the first <paramref name="count"/> segments, with its slash; empty if there are no more.</summary>
    public string PathAfter(int count)
    {
        var at = 0;
        for (var i = 0; i < count && at >= 0; i++)
        {
            at = Path.IndexOf('/', at + 1);
        }
        return at < 0 ? "" : Path[at..];
    }

    private char Next(ref int i)
    {
        if (Path[i] == '%' && i + 2 < Path.Length && char.IsAsciiHexDigit(Path[i + 1]) && char.IsAsciiHexDigit(Path[i + 2]))
        {
            var decoded = (char)((Digit(Path[i + 1]) << 4) | Digit(Path[i + 2]));
            i += 2;
            return decoded;
        }
        return Path[i];
    }

    private static int Digit(char hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;

    private static string CutAuthority(string target)
    {
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return "";
        }
        var end = target.AsSpan(authority + 3).IndexOfAny('/', '?');
        return end < 0 ? "/" : target[authority + 3 + end] == '/' ? target[(authority + 3 + end)..] : "/" + target[(authority + 3 + end)..];
    }
}
