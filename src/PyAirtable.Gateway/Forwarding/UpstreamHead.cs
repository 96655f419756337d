using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PyAirtable.Gateway.Families;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Rewrites a request's head in place for the upstream: what belongs to the client's connection goes, what the gateway knows comes.</summary>
internal static class UpstreamHead
{
    // RFC 9110, 7.6.1. Connection, Transfer-Encoding and Upgrade say how this very message is read, and the forwarders deal with them.
    private static readonly string[] OfTheConnection = ["Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer"];

    /// <summary>Headers that a client cannot make the connection's own by naming them: what the request is, or who sends it, would change.</summary>
    public static readonly string[] OfTheMessage = ["Host", "Content-Length", "Transfer-Encoding", "Upgrade", "X-API-Key", "Authorization", "Cookie"];

    /// <summary>Rewrites the head.</summary>
    /// <param name="request">The request.</param>
    /// <param name="trustForwarded">False drops what the client says of who it is and how it came.</param>
    public static void Rewrite(RequestContext request, bool trustForwarded)
    {
        var http = request.Http;
        var headers = http.Request.Headers;
        DropConnectionHeaders(headers);
        headers["X-Forwarded-For"] = ForwardedFor(http, trustForwarded);
        Set(headers, "X-Forwarded-Proto", http.Request.Scheme, trustForwarded);
        Set(headers, "X-Forwarded-Host", http.Request.Host.Value ?? "", trustForwarded);
        headers["X-Trace-ID"] = request.TraceId;
        headers[RequestIds.RequestHeader] = http.Response.Headers[RequestIds.RequestHeader];
        SetTraceParent(headers);
    }

    /// <summary>Who sent a request, behind those that it says it came from before where that is believed.</summary>
    public static string ForwardedFor(HttpContext http, bool trustForwarded)
    {
        var peer = ClientAddress.Of(http, trustForwarded: false);
        return trustForwarded && http.Request.Headers["X-Forwarded-For"] is { Count: > 0 } before
            ? $"{string.Join(", ", before.ToArray())}, {peer}"
            : peer;
    }

    /// <summary>The trace context for a call to an upstream: this process's span, else the client's own, else none.</summary>
    public static string? TraceParentFor(string? sent) => Activity.Current is { IdFormat: ActivityIdFormat.W3C } span
        ? TraceParent.Of(span).ToString()
        : TraceParent.TryParse(sent, out _) ? sent : null;

    private static void SetTraceParent(IHeaderDictionary headers)
    {
        if (TraceParentFor(headers.TraceParent) is { } parent)
        {
            headers.TraceParent = parent;
        }
        else
        {
            headers.Remove("traceparent");
            headers.Remove("tracestate");
        }
    }

    private static void Set(IHeaderDictionary headers, string name, string value, bool keep)
    {
        if (!keep || StringValues.IsNullOrEmpty(headers[name]))
        {
            headers[name] = value;
        }
    }

    // The server shortens a Connection header that has "keep-alive" in it to that word; what else it named is not known here then.
    private static void DropConnectionHeaders(IHeaderDictionary headers)
    {
        foreach (var line in headers.Connection)
        {
            foreach (var name in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!OfTheMessage.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    headers.Remove(name);
                }
            }
        }
        foreach (var name in OfTheConnection)
        {
            headers.Remove(name);
        }
    }
}
