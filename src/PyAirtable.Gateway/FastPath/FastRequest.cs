using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Writes a request of the fast path for its upstream, as <see cref="RequestHead"/> does for all others.</summary>
internal static class FastRequest
{
    /// <summary>Writes head and body.</summary>
    public static void Write(ref RequestBytes bytes, FastPath path, FastHead head, ReadOnlySpan<byte> input, UpstreamEndpoint endpoint, string peer, ReadOnlySpan<byte> ids)
    {
        bytes.Add(head.Method);
        bytes.Add(" "u8);
        bytes.Add(endpoint.PathPrefix);
        bytes.Add(head.Target.Of(input));
        bytes.Add(" HTTP/1.1\r\nHost: "u8);
        bytes.Add(endpoint.HostHeader);
        bytes.Add("\r\n"u8);
        foreach (var piece in head.Passing)
        {
            bytes.Add(piece.Of(input));
        }
        bytes.Add(path.UpstreamKeyLine);
        bytes.Add("X-Forwarded-For: "u8);
        if (head.ForwardedFor.IsSet)
        {
            bytes.Add(head.ForwardedFor.Of(input));
            bytes.Add(", "u8);
        }
        bytes.Add(peer);
        if (!head.HasForwardedProto)
        {
            bytes.Add("\r\nX-Forwarded-Proto: http"u8);
        }
        if (!head.HasForwardedHost)
        {
            bytes.Add("\r\nX-Forwarded-Host: "u8);
            bytes.Add(head.Host.Of(input));
        }
        if (!head.TraceId.IsSet)
        {
            bytes.Add("\r\nX-Trace-ID: "u8);
            bytes.Add(ids[..RandomIds.Length]);
        }
        if (!head.RequestId.IsSet)
        {
            bytes.Add("\r\nX-Request-ID: "u8);
            bytes.Add(ids[RandomIds.Length..]);
        }
        bytes.Add("\r\n\r\n"u8);
        bytes.Add(input.Slice(head.Length, head.ContentLength));
    }
}
