using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PyAirtable.Hosting.Serving;

/// <summary>
/// HTTP/2 on a clear-text port for clients that know beforehand (RFC 9113, 3.3), beside HTTP/1.1 for all others. Kestrel takes
/// every clear-text connection of a port that has both for HTTP/1.1, so the protocol is told here by the first bytes: no HTTP/1.1
/// method begins as HTTP/2's preface does.
/// </summary>
internal static class ClearTextHttp2
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n"u8;

    /// <summary>Puts the detection in front of an endpoint, whose protocols must be Kestrel's default, which is both: of both by choice
    /// Kestrel warns that HTTP/2 needs TLS.</summary>
    public static void Use(ListenOptions endpoint) =>
        endpoint.Use(static next => connection => OnConnectionAsync(connection, next));

    private static async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        switch (await DetectAsync(connection))
        {
            case HttpProtocols.None:
                return;
            case HttpProtocols.Http2:
                NegotiatedHttp2.AddTo(connection.Features);
                break;
        }
        await next(connection);
    }

    // None where there is nothing to serve: the client has gone, said nothing for too long, or the server stops.
    private static async ValueTask<HttpProtocols> DetectAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var wait = new FirstBytesWait(connection);
        while (true)
        {
            var read = await input.ReadAsync();
            var begin = read.Buffer.Start;
            var protocol = Judge(read.Buffer);
            var over = read.IsCanceled || read.IsCompleted;
            input.AdvanceTo(begin, protocol == HttpProtocols.None && !over ? read.Buffer.End : begin);
            if (protocol != HttpProtocols.None)
            {
                return wait.TryEnd() ? protocol : HttpProtocols.None;
            }
            if (over)
            {
                return HttpProtocols.None;
            }
        }
    }

    // None while it may still become either.
    private static HttpProtocols Judge(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> first = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(bytes.Length, first.Length);
        bytes.Slice(0, length).CopyTo(first);
        return !Preface.StartsWith(first[..length]) ? HttpProtocols.Http1 : length == Preface.Length ? HttpProtocols.Http2 : HttpProtocols.None;
    }
}
