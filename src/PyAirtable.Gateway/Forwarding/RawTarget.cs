using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>The target of a request as it was sent: the server's own path is decoded and has its dot segments resolved. Looked at where it
/// lies, since this is done several times for each request.</summary>
internal readonly struct RawTarget
{
    private readonly string _text;
    private readonly int _start;
    private readonly int _query;

    /// <summary>A target of two parts.</summary>
    public RawTarget(string path, string query)
        : this(path + query, 0, path.Length)
    {
    }

    private RawTarget(string text, int start, int query) => (_text, _start, _query) = (text, start, query);

    /// <summary>Encoded path, which begins with a slash; empty for targets that have none (<c>OPTIONS *</c>).</summary>
    public ReadOnlySpan<char> Path => _text.AsSpan(_start, _query - _start);

    /// <summary>Encoded query with its question mark; empty where there is none.</summary>
    public ReadOnlySpan<char> Query => _text.AsSpan(_query);

    /// <summary>The target of a request.</summary>
    public static RawTarget Of(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            target = CutAuthority(target);
        }
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return new RawTarget(target, 0, query < 0 ? target.Length : query);
    }

    /// <summary>The target without the first <paramref name="length"/> characters of its path, which then is at least a slash.</summary>
    public RawTarget Without(int length) => length == Path.Length ? new RawTarget("/", Query.ToString()) : new RawTarget(_text, _start + length, _query);

    /// <summary>The target without its <see cref="KeyQuery"/>.</summary>
    public RawTarget WithoutKey() => KeyQuery.Find(Query) is null ? this : new RawTarget(Path.ToString(), KeyQuery.Strip(Query.ToString()));

    /// <inheritdoc/>
    public override string ToString() => _start == 0 ? _text : _text[_start..];

    /// <summary>True if a segment is <c>.</c> or <c>..</c>, also encoded: what stands behind the gateway might climb with it.
    /// Encoded slashes and backslashes divide segments here, since it might take them so.</summary>
    public bool HasDotSegments()
    {
        // Most paths have no dot at all.
        if (Path.IndexOfAny('.', '%') < 0)
        {
            return false;
        }

        var path = Path;
        var (dots, others) = (0, 0);
        for (var i = 0; i < path.Length; i++)
        {
            switch (Next(path, ref i))
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
        var path = Path;
        for (var i = 0; i < count; i++)
        {
            var slash = path.IsEmpty ? -1 : path[1..].IndexOf('/');
            if (slash < 0)
            {
                return "";
            }
            path = path[(slash + 1)..];
        }
        return path.ToString();
    }

    private static char Next(ReadOnlySpan<char> path, ref int i)
    {
        if (path[i] == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
        {
            var decoded = (char)((Digit(path[i + 1]) << 4) | Digit(path[i + 2]));
            i += 2;
            return decoded;
        }
        return path[i];
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
