using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Serving;

/// <summary>One request on its way through a service: the HTTP exchange and what the log, the metrics and the trace say of it.</summary>
public sealed class RequestContext
{
    private string? _traceId;

    /// <summary>The HTTP request and response.</summary>
    public required HttpContext Http { get; init; }

    /// <summary>Template of the matched route, such as <c>/files/{file_id}</c>; null where none matched. Labels use it, never the raw path.</summary>
    public string? Route { get; set; }

    /// <summary>Values of the route's parameters, in the template's order, percent-decoded.</summary>
    public IReadOnlyList<string> RouteValues { get; set; } = [];

    /// <summary>Name of the upstream that answered, for the access log; null when the service answered itself.</summary>
    public string? Upstream { get; set; }

    /// <summary>Bytes of the response body, for the access log; null where the answer's <c>Content-Length</c> says it.</summary>
    public long? BytesSent { get; set; }

    /// <summary>The request's <c>X-Trace-ID</c> if an answer may carry it, else a new random UUID. Made when first asked for.</summary>
    public string TraceId
    {
        get => _traceId ??= Http.Request.Headers["X-Trace-ID"] is [{ Length: > 0 } sent, ..] && CanBeEchoed(sent) ? sent : RandomIds.New().ToString();
        init => _traceId = value;
    }

    /// <summary>The event loop that the client's connection is on; null where it is on none.</summary>
    public EventLoop? Loop => Http.Features.Get<SocketConnection>()?.Socket.Loop;

    /// <summary>Cancelled when the client goes away.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>What a module keeps for the next request of the same connection, so that it need not be made anew: of this request
    /// nothing may be left in it.</summary>
    public object? Kept { get; set; }

    /// <summary>Whether it is a copy that is made to compare answers: nobody waits for its own.</summary>
    public bool IsShadow { get; init; }

    /// <summary>Whether its answer broke off by the fault of an upstream.</summary>
    public bool WasCutOff { get; set; }

    /// <summary>Status that was answered past the server; null where the server answers.</summary>
    public int? AnsweredStatus { get; set; }

    internal long StartedAt { get; private set; }

    internal Activity? Span { get; set; }

    /// <summary>Whether a header's value may be put on an answer: the server takes control characters, but refuses to send them.</summary>
    public static bool CanBeEchoed(string value) => !value.AsSpan().ContainsAnyInRange('\0', '\u001f') && !value.Contains('\u007f');

    /// <summary>Makes a context that served an earlier request fit for a new one.</summary>
    internal void Begin(bool keepTrace = false)
    {
        Route = null;
        RouteValues = [];
        Upstream = null;
        BytesSent = null;
        WasCutOff = false;
        AnsweredStatus = null;
        Span = null;
        _traceId = keepTrace ? _traceId : null;
        StartedAt = Stopwatch.GetTimestamp();
    }
}
