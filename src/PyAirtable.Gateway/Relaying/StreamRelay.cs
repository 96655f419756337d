using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Gateway.Relaying;

/// <summary>Asks an upstream that answers in many JSON objects, each of which is dealt with as it comes.</summary>
/// <param name="caller">Asks.</param>
/// <param name="relay">Makes the calls.</param>
/// <param name="split">The requests that have two sides; null where none have.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class StreamRelay(UpstreamCaller caller, Relay relay, SplitRoutes? split, ILogger log)
{
    /// <summary>Asks by <c>POST</c>, and reads the answer to its end, or until <paramref name="take"/> has enough.</summary>
    /// <param name="request">The client's request; if the client goes away, the upstream's answer is given up.</param>
    /// <param name="upstream">Who is asked.</param>
    /// <param name="target">Encoded path at the upstream.</param>
    /// <param name="body">Compact JSON to send.</param>
    /// <param name="name">What the errors of statuses begin with.</param>
    /// <param name="take">Takes an object in compact form, which is valid only for the call; false for enough.</param>
    /// <returns>What went wrong, for the client; null where nothing did.</returns>
    public async Task<string?> ReadAsync(
        RequestContext request, Upstream upstream, string target, ReadOnlyMemory<byte> body, string name, Func<ReadOnlyMemory<byte>, ValueTask<bool>> take)
    {
        if (split?.Find(upstream, request.Http) is not { } group)
        {
            return (await AskAsync(request, upstream, target, body, name, take))?.Reason;
        }
        UpstreamFailure? failure = null;
        await split.RunAsync(group, request, SessionName.Of(request, body), RequestKind.Streamed, async (to, side) => failure = await AskAsync(to, side, target, body, name, take));
        return failure?.Reason;
    }

    private async ValueTask<UpstreamFailure?> AskAsync(
        RequestContext request, Upstream upstream, string target, ReadOnlyMemory<byte> body, string name, Func<ReadOnlyMemory<byte>, ValueTask<bool>> take)
    {
        request.Upstream = upstream.Name;
        using var span = RequestSpans.Enabled ? RequestSpans.StartClient("POST", upstream.Name) : null;
        try
        {
            await using var reply = await caller.SendAsync(upstream, relay.CallFor(request, "POST", target, body), request.Aborted);
            RequestSpans.EndClient(span, reply.Status);
            if (reply.Status != StatusCodes.Status200OK)
            {
                return new UpstreamFailure(reply.Status, string.Create(CultureInfo.InvariantCulture, $"{name}: {reply.Status}"));
            }
            await foreach (var document in JsonStream.ReadAsync(reply.ReadAsync))
            {
                if (document.Span[0] != '{')
                {
                    return new UpstreamFailure(StatusCodes.Status502BadGateway, "Upstream sent JSON that is not an object");
                }
                if (!await take(document))
                {
                    break;
                }
            }
            return null;
        }
        catch (UpstreamException error)
        {
            RequestSpans.EndClient(span, null);
            LogFailed(log, upstream.Name, error.Failure.Reason, request.TraceId);
            return error.Failure;
        }
    }

    [LoggerMessage(EventId = 504, Level = LogLevel.Warning, Message = "{Upstream} gave no whole answer: {Reason}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, string upstream, string reason, string traceId);
}
