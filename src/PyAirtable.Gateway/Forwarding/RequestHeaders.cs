using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Families;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>The rules by which the headers of a client's request go on to an upstream, for all ways there.</summary>
internal readonly struct RequestHeaders
{
    private const string ForwardedPrefix = "X-Forwarded-";

    private static readonly FrozenDictionary<string, RequestHeaderFate> Known = Make();

    private readonly HashSet<string>? _named;
    private readonly bool _trusts;

    /// <summary>The rules for one request.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="trusts">Whether its peer is believed whom it speaks for.</param>
    public RequestHeaders(IHeaderDictionary headers, bool trusts) => (_named, _trusts) = (NamedByConnection(headers), trusts);

    /// <summary>The names that have a rule of their own; there is one more for all that begin with <c>X-Forwarded-</c>.</summary>
    public static IEnumerable<string> KnownNames => Known.Keys;

    /// <summary>What becomes of a header by its name.</summary>
    public static RequestHeaderFate FateOf(string name) =>
        Known.TryGetValue(name, out var fate) ? fate
        : name.StartsWith(ForwardedPrefix, StringComparison.OrdinalIgnoreCase) ? RequestHeaderFate.Believed
        : RequestHeaderFate.Passes;

    /// <summary>Whether the upstream gets a header as it was sent.</summary>
    public bool Passes(string name) => FateOf(name) switch
    {
        RequestHeaderFate.Passes => _named is null || !_named.Contains(name),
        RequestHeaderFate.Identifies => true,
        RequestHeaderFate.Believed => _trusts,
        _ => false,
    };

    /// <summary>Whether a header is none of the upstream's, neither as it was sent nor in another form.</summary>
    public bool StaysBehind(string name) => FateOf(name) is not (RequestHeaderFate.OfTheMessage or RequestHeaderFate.WrittenAnew) && !Passes(name);

    // The server shortens a Connection header that has "keep-alive" in it to that word; what else it named is not known here then.
    private static HashSet<string>? NamedByConnection(IHeaderDictionary headers)
    {
        HashSet<string>? named = null;
        foreach (var line in headers.Connection)
        {
            if (line is null || line.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || line.Equals("close", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }
            named ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            named.UnionWith(line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        return named;
    }

    private static FrozenDictionary<string, RequestHeaderFate> Make()
    {
        var all = new Dictionary<string, RequestHeaderFate>(StringComparer.OrdinalIgnoreCase);
        // RFC 9110, 7.6.1; the last is the server's own name for a length that does not count.
        Add(RequestHeaderFate.OfTheConnection, "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "HTTP2-Settings", "X-Content-Length");
        Add(RequestHeaderFate.OfTheMessage, "Connection", "Host", "Content-Length", "Transfer-Encoding", "Upgrade", "Expect");
        Add(RequestHeaderFate.Identifies, "X-API-Key", "Authorization", "Cookie");
        Add(RequestHeaderFate.Believed, "Forwarded", "X-Real-IP");
        Add(RequestHeaderFate.OfTheGateway, ChosenSide.SideHeader, ChosenSide.KeyHeader, ChosenSide.ShadowHeader);
        Add(RequestHeaderFate.WrittenAnew, ForwardedHeaders.For, ForwardedHeaders.Proto, ForwardedHeaders.Host, RequestIds.TraceHeader, RequestIds.RequestHeader, "traceparent", "tracestate");
        return all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(RequestHeaderFate fate, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                all.Add(name, fate);
            }
        }
    }
}
