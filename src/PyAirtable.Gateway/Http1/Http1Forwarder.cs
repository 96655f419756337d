using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Http1;

/// <summary>
/// Forwards over HTTP/1.1, streaming both bodies, on the thread that the request came in on:
/// <code>
///   client ──▶ 1 head ──▶ upstream      2 body, as it comes, beside what follows
///   client ◀── 4 body ◀── upstream      3 head, past 1xx
/// </code>
/// 5 the connection is kept if the upstream's answer ended where it said it would.
/// </summary>
internal sealed class Http1Forwarder(UpstreamConnections connections, bool trustForwarded) : IForwarder
{
    // How long a client that asked whether to send its body waits for an upstream that says nothing (RFC 9110, 10.1.1).
    private static readonly TimeSpan ContinueWait = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target)
    {
        var http = request.Http;
        UpstreamConnection? connection = null;
        RequestBody? body = null;
        try
        {
            var endpoint = await connections.FindAsync(upstream);
            connection = endpoint.Pool.TryRent() ?? await endpoint.Pool.ConnectAsync(upstream.Timeout);
            await using var abort = request.Aborted.UnsafeRegister(static connection => ((UpstreamConnection)connection!).Abort(), connection);
            body = await SendAsync(connection, endpoint, request, upstream, target);
            connection.SetDeadline(After(upstream.Timeout));
            await connection.ReadHeadAsync(HttpMethods.IsHead(http.Request.Method), body is null ? null : body.Start);
            connection.SetDeadline(0);
            AnswerHead.Copy(connection.Head, http.Response);
            await StreamAsync(connection, http, upstream.Timeout);
            return null;
        }
        catch (Exception error)
        {
            if (!http.Response.HasStarted)
            {
                return UpstreamFailure.Of(body?.Failure ?? error);
            }
            // Too late for an answer: the client shall not take this one for whole.
            http.Abort();
            return null;
        }
        finally
        {
            if (body is not null)
            {
                await body.StopAsync();
            }
            connection?.Release();
        }
    }

    private async ValueTask<RequestBody?> SendAsync(UpstreamConnection connection, UpstreamEndpoint endpoint, RequestContext request, Upstream upstream, RawTarget target)
    {
        var http = request.Http;
        var length = http.Request.ContentLength;
        var hasBody = length > 0 || http.Request.Headers.TransferEncoding.Count > 0;
        var bytes = RequestBytes.Rent();
        try
        {
            RequestHead.Write(ref bytes, request, endpoint.Host, endpoint.PathPrefix, target, trustForwarded, hasBody && length is null);
            if (!hasBody)
            {
                await connection.SendAsync(bytes.Written);
                return null;
            }
            var asks = http.Request.Headers.Expect.Count > 0;
            if (!asks && length is not null)
            {
                // Mostly the body is there with the head, and goes on with it.
                var read = await http.Request.BodyReader.ReadAsync();
                if (read.Buffer.IsSingleSegment)
                {
                    bytes.Add(read.Buffer.FirstSpan);
                    http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                    length -= read.Buffer.Length;
                }
                else
                {
                    http.Request.BodyReader.AdvanceTo(read.Buffer.Start);
                }
            }
            await connection.SendAsync(bytes.Written);
            if (length == 0)
            {
                return null;
            }
            var body = new RequestBody(http, connection, length, () => connection.SetDeadline(After(upstream.Timeout)));
            if (asks)
            {
                _ = StartLaterAsync(body);
            }
            else
            {
                body.Start();
            }
            return body;
        }
        finally
        {
            bytes.Dispose();
        }
    }

    private static async Task StartLaterAsync(RequestBody body)
    {
        await Task.Delay(ContinueWait);
        body.Start();
    }

    private static async ValueTask StreamAsync(UpstreamConnection connection, HttpContext http, TimeSpan silence)
    {
        while (true)
        {
            connection.SetDeadline(After(silence));
            var piece = await connection.ReadBodyAsync();
            connection.SetDeadline(0);
            if (piece.IsEmpty)
            {
                return;
            }
            var written = await http.Response.BodyWriter.WriteAsync(piece);
            if (written.IsCompleted)
            {
                // The client has gone.
                return;
            }
            if (connection.HasEnded)
            {
                return;
            }
        }
    }

    private static long After(TimeSpan time) => Environment.TickCount64 + (long)time.TotalMilliseconds;
}
