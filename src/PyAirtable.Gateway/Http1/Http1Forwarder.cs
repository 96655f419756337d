using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Security;
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
internal sealed class Http1Forwarder(Http1Client client, TrustedPeers trusted) : IForwarder
{
    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target)
    {
        var http = request.Http;
        var forwarded = ForwardedRequest.Of(request, target, trusted);
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
                await StreamAsync(exchange, request);
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
                http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
                request.BytesSent = null;
                return UpstreamFailure.Of(forwarded.Failure ?? error);
            }
            request.WasCutOff = forwarded.Failure is null;
            forwarded.End();
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
    private static async ValueTask StreamAsync(UpstreamExchange exchange, RequestContext request)
    {
        request.BytesSent = 0;
        var body = request.Http.Response.BodyWriter;
        if (!exchange.Connection.HasEnded && !exchange.Connection.HasMore)
        {
            // The head goes on before the body is waited for.
            await body.FlushAsync();
        }
        while (!exchange.Connection.HasEnded)
        {
            var piece = await exchange.ReadBodyAsync();
            if (piece.IsEmpty)
            {
                return;
            }
            exchange.Pause();
            var written = await body.WriteAsync(piece);
            request.BytesSent += piece.Length;
            if (written.IsCompleted)
            {
                // The client has gone.
                return;
            }
        }
    }
}
