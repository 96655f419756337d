using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Http1;

/// <summary>Writes the head of a client's request for an upstream: what belongs to the client's connection stays behind, what the
/// gateway knows is added.</summary>
internal static class RequestHead
{
    // RFC 9110, 7.6.1, and those that are written anew.
    private static readonly FrozenSet<string> StaysBehind = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "HTTP2-Settings", "Host", "Content-Length", "X-Content-Length", "Expect",
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", RequestIds.TraceHeader, RequestIds.RequestHeader, "traceparent", "tracestate",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes it, to the empty line.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="request">The client's request.</param>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="target">Path and query there.</param>
    /// <param name="trustForwarded">False drops what the client says of who it is and how it came.</param>
    /// <param name="chunked">True where the body has no known length.</param>
    /// <exception cref="BadHttpRequestException">The request has something in it that would not stay where it is.</exception>
    public static void Write(ref RequestBytes bytes, RequestContext request, UpstreamEndpoint endpoint, RawTarget target, bool trustForwarded, bool chunked)
    {
        var http = request.Http;
        if (ContainsUnsafe(target.Path) || ContainsUnsafe(target.Query))
        {
            throw new BadHttpRequestException("The target has a character in it that has to be encoded.");
        }
        bytes.Add(http.Request.Method);
        bytes.Add(" "u8);
        bytes.Add(endpoint.PathPrefix);
        bytes.Add(target.Path);
        bytes.Add(target.Query);
        bytes.Add(" HTTP/1.1\r\nHost: "u8);
        bytes.Add(endpoint.HostHeader);
        bytes.Add("\r\n"u8);

        var headers = http.Request.Headers;
        var named = NamedByConnection(headers);
        foreach (var (name, values) in headers)
        {
            if (HeaderCharacters.AreNotAllToken(name.AsSpan()))
            {
                throw new BadHttpRequestException("A header's name has a delimiter in it.");
            }
            if (!StaysBehind.Contains(name) && (named is null || !named.Contains(name)))
            {
                foreach (var value in values)
                {
                    bytes.AddHeader(name, value);
                }
            }
        }

        AddForwarded(ref bytes, http, trustForwarded);
        bytes.AddHeader(RequestIds.TraceHeader, request.TraceId);
        bytes.AddHeader(RequestIds.RequestHeader, http.Response.Headers[RequestIds.RequestHeader].ToString());
        AddTraceContext(ref bytes, headers);
        if (headers.Expect.Count > 0)
        {
            bytes.Add("Expect: 100-continue\r\n"u8);
        }
        if (chunked)
        {
            bytes.Add("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (headers.ContentLength is { } length)
        {
            bytes.Add("Content-Length: "u8);
            bytes.Add(length);
            bytes.Add("\r\n"u8);
        }
        bytes.Add("\r\n"u8);
    }

    private static void AddForwarded(ref RequestBytes bytes, HttpContext http, bool trust)
    {
        var headers = http.Request.Headers;
        bytes.AddHeader("X-Forwarded-For", UpstreamHead.ForwardedFor(http, trust));
        Add(ref bytes, "X-Forwarded-Proto", http.Request.Scheme);
        Add(ref bytes, "X-Forwarded-Host", http.Request.Host.Value ?? "");

        void Add(ref RequestBytes bytes, string name, string own)
        {
            var sent = trust ? headers[name] : default;
            bytes.AddHeader(name, sent.Count > 0 ? sent.ToString() : own);
        }
    }

    private static void AddTraceContext(ref RequestBytes bytes, IHeaderDictionary headers)
    {
        if (UpstreamHead.TraceParentFor(headers.TraceParent) is { } parent)
        {
            bytes.AddHeader("traceparent", parent);
            if (headers.TraceState.Count > 0)
            {
                bytes.AddHeader("tracestate", headers.TraceState.ToString());
            }
        }
    }

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
        named?.ExceptWith(UpstreamHead.OfTheMessage);
        return named;
    }

    private static bool ContainsUnsafe(string text) => text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
