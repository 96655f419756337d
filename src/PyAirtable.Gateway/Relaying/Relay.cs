using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
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
/// <param name="log">Where failures go.</param>
internal sealed partial class Relay(UpstreamCaller caller, string apiKey, ILogger log)
{
    private const int MaxAnswerBytes = 64 << 20;

    /// <summary>Asks and answers.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="upstream">Who is asked.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="target">Encoded path and query at the upstream.</param>
    /// <param name="body">Compact JSON to send; null for none.</param>
    public async Task AnswerAsync(RequestContext request, Upstream upstream, string method, string target, ReadOnlyMemory<byte>? body = null)
    {
        request.Upstream = upstream.Name;
        using var span = RequestSpans.Enabled ? RequestSpans.StartClient(method, upstream.Name) : null;
        var call = CallFor(request, method, target) with { Json = body };
        try
        {
            var (answer, url) = await AskAsync(upstream, call, request.Aborted);
            RequestSpans.EndClient(span, answer.Status);
            await WriteAsync(request, answer, url);
        }
        catch (UpstreamException error)
        {
            RequestSpans.EndClient(span, null);
            if (!error.Failure.IsRefusal)
            {
                LogFailed(log, upstream.Name, error.Failure.Reason, request.TraceId);
            }
            error.Failure.WriteHeaders(request.Http.Response);
            await DetailError.WriteAsync(request.Http, error.Failure.Status, error.Failure.Reason);
        }
    }

    /// <summary>A call in the course of a request: with the gateway's key, and in the request's trace (D13).</summary>
    public UpstreamCall CallFor(RequestContext request, string method, string target)
    {
        var sent = request.Http.Request.Headers;
        var parent = UpstreamHead.TraceParentFor(sent.TraceParent);
        return new UpstreamCall(method, target)
        {
            ApiKey = apiKey,
            TraceId = request.TraceId,
            TraceParent = parent,
            TraceState = parent is not null && sent.TraceState.Count > 0 ? sent.TraceState.ToString() : null,
        };
    }

    private async Task<(UpstreamAnswer Answer, string Url)> AskAsync(Upstream upstream, UpstreamCall call, CancellationToken cancel)
    {
        await using var reply = await caller.SendAsync(upstream, call, cancel);
        var answer = new UpstreamAnswer(reply.Status, reply.Reason, reply.Location, default);
        if (answer.IsSuccess)
        {
            answer = answer with { Body = await BodyBytes.ReadAsync(reply.ReadAsync, reply.ContentLength, MaxAnswerBytes) ?? throw new UpstreamException(UpstreamFailure.AnswerTooLarge) };
        }
        return (answer, reply.Url);
    }

    private static async Task WriteAsync(RequestContext request, UpstreamAnswer answer, string url)
    {
        var http = request.Http;
        switch (answer)
        {
            case { Status: StatusCodes.Status404NotFound }:
                await EndpointNotFound.WriteAsync(request);
                break;
            case { Status: StatusCodes.Status304NotModified }:
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                break;
            case { IsSuccess: false }:
                await DetailError.WriteAsync(http, answer.Status, answer.Describe(url));
                break;
            case { Body.IsEmpty: true }:
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                await (PassThroughJson.TryRewrite(answer.Body, out var json)
                    ? new PreparedAnswer(StatusCodes.Status200OK, PreparedAnswer.Json, json).WriteAsync(http)
                    : DetailError.WriteAsync(http, StatusCodes.Status502BadGateway, "Upstream answer is not valid JSON"));
                break;
        }
    }

    [LoggerMessage(EventId = 503, Level = LogLevel.Warning, Message = "{Upstream} gave no answer: {Reason}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, string upstream, string reason, string traceId);
}
