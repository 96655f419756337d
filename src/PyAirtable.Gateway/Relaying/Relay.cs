using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Gateway.Relaying;

/// <summary>
/// Asks an upstream on behalf of a client, in the gateway's own name, and gives its JSON back: every success becomes 200, every
/// error the gateway's own text (gateway contract 1.0 and 1.0.2).
/// </summary>
/// <param name="client">Asks.</param>
/// <param name="apiKey">The gateway's own key.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class Relay(UpstreamClient client, string apiKey, ILogger log)
{
    private const int MaxAnswerBytes = 64 << 20;

    private static readonly MediaTypeHeaderValue Json = new(PreparedAnswer.Json);
    private static readonly MediaTypeWithQualityHeaderValue Anything = new("*/*");

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
        using var question = new HttpRequestMessage(HttpMethod.Parse(method), upstream.AddressOf(target));
        WriteHead(question, request);
        if (body is { } json)
        {
            question.Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = Json } };
        }

        var (answer, failure) = await AskAsync(question, upstream.Timeout, request.Aborted);
        RequestSpans.EndClient(span, answer?.Status);
        if (answer is not null)
        {
            await WriteAsync(request, answer, upstream.BaseUrl + target);
            return;
        }
        LogFailed(log, upstream.Name, failure!.Reason, request.TraceId);
        await DetailError.WriteAsync(request.Http, failure.Status, failure.Reason);
    }

    private void WriteHead(HttpRequestMessage question, RequestContext request)
    {
        question.Headers.Accept.Add(Anything);
        question.Headers.TryAddWithoutValidation(ApiKeys.Header, apiKey);
        question.Headers.TryAddWithoutValidation(RequestIds.TraceHeader, request.TraceId);
        var sent = request.Http.Request.Headers;
        if (UpstreamHead.TraceParentFor(sent.TraceParent) is { } parent)
        {
            question.Headers.TryAddWithoutValidation("traceparent", parent);
            if (sent.TraceState.Count > 0)
            {
                question.Headers.TryAddWithoutValidation("tracestate", sent.TraceState.ToString());
            }
        }
    }

    private async Task<(UpstreamAnswer? Answer, UpstreamFailure? Failure)> AskAsync(HttpRequestMessage question, TimeSpan silence, CancellationToken aborted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        limit.CancelAfter(silence);
        try
        {
            using var response = await client.SendAsync(question, limit.Token);
            var answer = new UpstreamAnswer((int)response.StatusCode, response.ReasonPhrase ?? "", Location(response), default);
            if (!answer.IsSuccess)
            {
                return (answer, null);
            }
            var length = response.Content.Headers.ContentLength;
            var body = await BodyBytes.ReadAsync(
                await response.Content.ReadAsStreamAsync(limit.Token), length, MaxAnswerBytes, () => limit.CancelAfter(silence), limit.Token);
            return body is null ? (null, UpstreamFailure.AnswerTooLarge) : (answer with { Body = body.Value }, null);
        }
        catch (Exception error) when (!aborted.IsCancellationRequested)
        {
            return (null, UpstreamFailure.Of(error));
        }
    }

    private static string? Location(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;

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
