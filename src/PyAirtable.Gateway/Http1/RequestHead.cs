using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Http1;

/// <summary>Writes the head of a client's request for an upstream, by the rules of <see cref="RequestHeaders"/>.</summary>
internal static class RequestHead
{
    /// <summary>Writes it, to the empty line.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="request">The client's request.</param>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="target">Path and query there.</param>
    /// <param name="trusted">The peers that are believed whom they speak for.</param>
    /// <param name="chunked">True where the body has no known length.</param>
    /// <exception cref="BadHttpRequestException">The request has something in it that would not stay where it is.</exception>
    public static void Write(ref RequestBytes bytes, RequestContext request, UpstreamEndpoint endpoint, RawTarget target, TrustedPeers trusted, bool chunked)
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
        var trusts = trusted.Contains(http.Connection.RemoteIpAddress);
        var rules = new RequestHeaders(headers, trusts);
        foreach (var (name, values) in headers)
        {
            if (HeaderCharacters.AreNotAllToken(name.AsSpan()))
            {
                throw new BadHttpRequestException("A header's name has a delimiter in it.");
            }
            if (rules.Passes(name))
            {
                foreach (var value in values)
                {
                    bytes.AddHeader(name, value);
                }
            }
        }

        bytes.AddHeader(ForwardedHeaders.For, ForwardedHeaders.ForOf(http, trusts));
        bytes.AddHeader(ForwardedHeaders.Proto, ForwardedHeaders.ProtoOf(http, trusts));
        bytes.AddHeader(ForwardedHeaders.Host, ForwardedHeaders.HostOf(http, trusts));
        bytes.AddHeader(RequestIds.TraceHeader, request.TraceId);
        bytes.AddHeader(RequestIds.RequestHeader, http.Response.Headers[RequestIds.RequestHeader].ToString());
        AddTraceContext(ref bytes, headers);
        if (request.IsShadow)
        {
            bytes.AddHeader(ChosenSide.ShadowHeader, "true");
        }
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

    private static bool ContainsUnsafe(ReadOnlySpan<char> text) => text.ContainsAnyExceptInRange('!', '~');
}
