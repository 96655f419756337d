using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Http1;

/// <summary>
/// Forwards over HTTP/1.1, streaming both bodies, on the thread that the request came in on:
/// <code>
///   client ──▶ 1 head, with what is there of the body ──▶ upstream      2 the rest, as it comes, beside what follows
///   client ◀── 4 body, as it comes                    ◀── upstream      3 head
/// </code>
/// 5 the connection is kept if the upstream's answer ended where it said it would.
/// </summary>
internal sealed class Http1Forwarder(Http1Client client, bool trustForwarded) : IForwarder
{
    /// <inheritdoc/>
    public async Task<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target)
    {
        var http = request.Http;
        var forwarded = new ForwardedRequest(request, target, trustForwarded);
        try
        {
            forwarded.TakeFirst();
            var exchange = await client.SendAsync(upstream, upstream.Timeouts, forwarded, isPoll: false, request.Aborted);
            if (exchange.Failure is not null)
            {
                return exchange.Failure;
            }
            try
            {
                AnswerHead.Copy(exchange.Connection.Head, http.Response);
                await StreamAsync(exchange, http.Response);
            }
            finally
            {
                await exchange.EndAsync();
            }
            return null;
        }
        catch (Exception error)
        {
            if (!http.Response.HasStarted)
            {
                return UpstreamFailure.Of(forwarded.Failure ?? error);
            }
            // Too late for an answer: the client shall not take this one for whole.
            http.Abort();
            return null;
        }
        finally
        {
            forwarded.End();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask StreamAsync(UpstreamExchange exchange, HttpResponse response)
    {
        while (!exchange.Connection.HasEnded)
        {
            var piece = await exchange.ReadBodyAsync();
            if (piece.IsEmpty)
            {
                return;
            }
            exchange.Pause();
            var written = await response.BodyWriter.WriteAsync(piece);
            if (written.IsCompleted)
            {
                // The client has gone.
                return;
            }
        }
    }
}
