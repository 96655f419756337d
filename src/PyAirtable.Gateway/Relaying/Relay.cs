using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Gateway.Relaying;

/// <summary>
/// Asks an upstream on behalf of a client, in the gateway's own name, and gives its JSON back: every success becomes 200, every
/// error the gateway's own text (gateway contract 1.0 and 1.0.2).
/// </summary>
/// <param name="caller">Asks.</param>
/// <param name="apiKey">The gateway's own key.</param>
/// <param name="split">The requests that have two sides; null where none have.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class Relay(UpstreamCaller caller, string apiKey, SplitRoutes? split, ILogger log)
{
    /// <summary>Asks and answers.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="upstream">Who is asked.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="target">Encoded path and query at the upstream.</param>
    /// <param name="body">Compact JSON to send; null for none.</param>
    public Task AnswerAsync(RequestContext request, Upstream upstream, string method, string target, ReadOnlyMemory<byte>? body = null) =>
        split?.Find(upstream, request.Http) is { } group
            ? split.RunAsync(group, request, SessionName.Of(request, body), RequestKind.Relayed, (to, side) => AskAsync(to, side, method, target, body)).AsTask()
            : AskAsync(request, upstream, method, target, body).AsTask();

    private async ValueTask<UpstreamFailure?> AskAsync(RequestContext request, Upstream upstream, string method, string target, ReadOnlyMemory<byte>? body)
    {
        request.Upstream = upstream.Name;
        using var span = RequestSpans.Enabled ? RequestSpans.StartClient(method, upstream.Name) : null;
        try
        {
            await using var reply = await caller.SendAsync(upstream, CallFor(request, method, target, body), request.Aborted);
            using var json = reply.Status is >= 200 and < 300 ? await BodyBytes.ReadAsync(reply) : null;
            RequestSpans.EndClient(span, reply.Status);
            await (json is not null ? WriteJsonAsync(request.Http, json.Memory) : WriteErrorAsync(request, reply, reply.Url));
        }
        catch (UpstreamException error)
        {
            RequestSpans.EndClient(span, null);
            if (!error.Failure.IsRefusal)
            {
                LogFailed(log, upstream.Name, error.Failure.Reason, request.TraceId);
            }
            error.Failure.WriteHeaders(request.Http.Response);
            await DetailError.WriteAsync(request.Http, error.Failure.PythonStatus, error.Failure.Reason);
        }
        return null;
    }

    /// <summary>A call in the course of a request: with the gateway's key, and in the request's trace (D13).</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="target">Encoded path and query at the upstream.</param>
    /// <param name="body">Compact JSON to send; null for none.</param>
    public UpstreamCall CallFor(RequestContext request, string method, string target, ReadOnlyMemory<byte>? body = null)
    {
        var sent = request.Http.Request.Headers;
        var parent = UpstreamHead.TraceParentFor(sent.TraceParent);
        return new UpstreamCall(method, target)
        {
            Json = body,
            ApiKey = apiKey,
            TraceId = request.TraceId,
            TraceParent = parent,
            TraceState = parent is not null && sent.TraceState.Count > 0 ? sent.TraceState.ToString() : null,
            Loop = request.Loop,
            IsShadow = request.IsShadow,
        };
    }

    private static Task WriteErrorAsync(RequestContext request, UpstreamReply reply, string url)
    {
        switch (reply.Status)
        {
            case StatusCodes.Status404NotFound:
                return EndpointNotFound.WriteAsync(request);
            case StatusCodes.Status304NotModified:
                request.Http.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            default:
                return DetailError.WriteAsync(request.Http, reply.Status, UpstreamError.Describe(reply.Status, reply.Reason, reply.Location, url));
        }
    }

    private static Task WriteJsonAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return PassThroughJson.TryRewrite(body, out var json)
            ? new PreparedAnswer(StatusCodes.Status200OK, PreparedAnswer.Json, json).WriteAsync(http)
            : throw new UpstreamException(UpstreamFailure.NotJson);
    }

    [LoggerMessage(EventId = 503, Level = LogLevel.Warning, Message = "{Upstream} gave no answer: {Reason}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, string upstream, string reason, string traceId);
}
