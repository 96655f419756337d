using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.RateLimiting;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Left on a connection for the request that comes next: it was counted and forwarded already, and there was no answer.</summary>
/// <param name="failure">Why.</param>
/// <param name="decision">What the limiter said to it.</param>
/// <param name="traceId">The trace id that the upstream saw.</param>
/// <param name="requestId">The request id that the upstream saw.</param>
internal sealed class ForwardFailure(UpstreamFailure failure, RateLimitDecision decision, string traceId, string requestId)
{
    private UpstreamFailure? _failure = failure;

    /// <summary>What the limiter said to it.</summary>
    public RateLimitDecision Decision => decision;

    /// <summary>The trace id that the upstream saw.</summary>
    public string TraceId => traceId;

    /// <summary>The request id that the upstream saw.</summary>
    public string RequestId => requestId;

    /// <summary>That of a request; null for almost all.</summary>
    public static ForwardFailure? Of(HttpContext http) => http.Features.Get<ForwardFailure>() is { _failure: not null } left ? left : null;

    /// <summary>The failure; it is none of later requests.</summary>
    public UpstreamFailure? Take() => Interlocked.Exchange(ref _failure, null);
}
