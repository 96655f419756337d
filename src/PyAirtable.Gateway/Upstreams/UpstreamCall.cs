using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>A request that the gateway makes in its own name.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Target">Encoded path and query at the upstream.</param>
internal sealed record UpstreamCall(string Method, string Target)
{
    /// <summary>Body, sent as <c>application/json</c>; null for none.</summary>
    public ReadOnlyMemory<byte>? Json { get; init; }

    /// <summary>Value of <c>X-API-Key</c>; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Value of <c>X-Trace-ID</c>; null for none.</summary>
    public string? TraceId { get; init; }

    /// <summary>Value of <c>traceparent</c>; null for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Value of <c>tracestate</c>; null for none.</summary>
    public string? TraceState { get; init; }

    /// <summary>The event loop of the client that it is made for; null for none.</summary>
    public EventLoop? Loop { get; init; }

    /// <summary>True for a copy of another call, whose answers are compared.</summary>
    public bool IsShadow { get; init; }

    /// <summary>True for a question how the upstream is: it is asked in any case, and what comes of it counts for no other call.</summary>
    public bool IsPoll { get; init; }

    /// <summary>How long the upstream may take to connect, and be silent; null for its own limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
