using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Families;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Rewrites a request's head in place for the upstream, by the rules of <see cref="RequestHeaders"/>; what is of the message is left
/// to who forwards it.</summary>
internal static class UpstreamHead
{
    /// <summary>Rewrites the head.</summary>
    /// <param name="request">The request.</param>
    /// <param name="trusted">The peers that are believed whom they speak for.</param>
    public static void Rewrite(RequestContext request, TrustedPeers trusted)
    {
        var http = request.Http;
        var headers = http.Request.Headers;
        var trusts = trusted.Contains(http.Connection.RemoteIpAddress);
        Drop(headers, new RequestHeaders(headers, trusts));
        headers[ForwardedHeaders.For] = ForwardedHeaders.ForOf(http, trusts);
        headers[ForwardedHeaders.Proto] = ForwardedHeaders.ProtoOf(http, trusts);
        headers[ForwardedHeaders.Host] = ForwardedHeaders.HostOf(http, trusts);
        headers[RequestIds.TraceHeader] = request.TraceId;
        headers[RequestIds.RequestHeader] = http.Response.Headers[RequestIds.RequestHeader];
        SetTraceParent(headers);
        if (request.IsShadow)
        {
            headers[ChosenSide.ShadowHeader] = "true";
        }
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

    private static void Drop(IHeaderDictionary headers, RequestHeaders rules)
    {
        List<string>? left = null;
        foreach (var (name, _) in headers)
        {
            if (rules.StaysBehind(name))
            {
                (left ??= []).Add(name);
            }
        }
        left?.ForEach(name => headers.Remove(name));
    }
}
