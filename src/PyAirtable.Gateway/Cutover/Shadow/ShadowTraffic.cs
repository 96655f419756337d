using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>
/// Decides which requests are copied. Each costs at most two more, one to either side; so many are under way at once at most, each with
/// so much memory; requests beyond that are left out and counted. Changes of protocol and streams of events are never copied.
/// </summary>
/// <param name="settings">What is copied.</param>
/// <param name="findings">Where it is kept what came of it; null where no group has two sides.</param>
/// <param name="clock">The clock.</param>
internal sealed class ShadowTraffic(ShadowSettings settings, ShadowFindings? findings, TimeProvider clock)
{
    /// <summary>Takes a copy of a request that is about to go to its side.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="side">The side that answers it.</param>
    /// <param name="request">The request. A body that is still to come is read whole where the request is copied.</param>
    /// <param name="kind">How it passes.</param>
    /// <returns>The copy, to be sent after the answer, and disposed; null for most.</returns>
    public ValueTask<ShadowedRequest?> TryBeginAsync(SplitGroup group, Side side, RequestContext request, RequestKind kind)
    {
        if (findings is null || settings.Percent == 0 || Random.Shared.NextDouble() * 100 >= settings.Percent || !IsCopied(request.Http, kind))
        {
            return default;
        }
        if (!findings.TryEnter(settings.MaxConcurrent))
        {
            findings.Count(group.State.Name, "dropped");
            return default;
        }
        return BeginAsync(group, side, request, kind);
    }

    private bool IsCopied(HttpContext http, RequestKind kind)
    {
        var request = http.Request;
        return kind != RequestKind.Streamed
            && settings.Covers(request.Method, RawTarget.Of(http).Path)
            && !request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
            && (kind == RequestKind.Relayed || (request.ContentLength ?? (HasBody(http) ? long.MaxValue : 0)) <= settings.MaxBodyBytes);
    }

    private static bool HasBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    private async ValueTask<ShadowedRequest?> BeginAsync(SplitGroup group, Side side, RequestContext request, RequestKind kind)
    {
        try
        {
            var bytes = kind == RequestKind.Forwarded && request.Http.Request.ContentLength > 0 ? await TakeBodyAsync(request) : ReadOnlyMemory<byte>.Empty;
            return new ShadowedRequest(group, side, request, bytes, settings, findings!, clock);
        }
        catch
        {
            findings!.Leave();
            throw;
        }
    }

    // Of a known length within the limit; the server holds the client to it, and to a rate.
    private static async ValueTask<ReadOnlyMemory<byte>> TakeBodyAsync(RequestContext request)
    {
        var http = request.Http;
        var bytes = new byte[(int)http.Request.ContentLength!.Value];
        await http.Request.Body.ReadExactlyAsync(bytes, request.Aborted);
        http.Request.Body = new MemoryStream(bytes, writable: false);
        return bytes;
    }
}
