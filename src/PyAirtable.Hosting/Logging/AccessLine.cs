namespace PyAirtable.Hosting.Logging;

/// <summary>What the log says of one answered request. Texts may come from the client: they are escaped and cut when written.</summary>
/// <param name="service">Name of the service, such as <c>gateway</c>.</param>
/// <param name="method">HTTP method.</param>
/// <param name="route">Template of the matched route, else the raw path. A query string is never written.</param>
/// <param name="status">HTTP status of the answer.</param>
/// <param name="elapsed">From the request's arrival to the end of its answer.</param>
/// <param name="responseBytes">Bytes of the answer's body.</param>
/// <param name="traceId">The request's trace id; empty where it is not known.</param>
/// <param name="upstream">Name of the upstream that answered; null when the service answered itself.</param>
public readonly ref struct AccessLine(
    string service,
    string method,
    string route,
    int status,
    TimeSpan elapsed,
    long responseBytes,
    ReadOnlySpan<char> traceId = default,
    string? upstream = null)
{
    /// <summary>Characters of a trace id that are looked at; fewer are written.</summary>
    public const int TraceIdLimit = 65;

    /// <summary>Name of the service.</summary>
    internal string Service { get; } = service;

    /// <summary>HTTP method.</summary>
    internal string Method { get; } = method;

    /// <summary>HTTP status of the answer.</summary>
    internal int Status { get; } = status;

    /// <summary>From the request's arrival to the end of its answer.</summary>
    internal TimeSpan Elapsed { get; } = elapsed;

    /// <summary>Bytes of the answer's body.</summary>
    internal long ResponseBytes { get; } = responseBytes;

    /// <summary>The request's trace id; empty where it is not known.</summary>
    internal ReadOnlySpan<char> TraceId { get; } = traceId;

    /// <summary>Name of the upstream that answered, if one did.</summary>
    internal string? Upstream { get; } = upstream;

    /// <summary>The route up to a query string, which may carry a key.</summary>
    internal ReadOnlySpan<char> PathOrTemplate
    {
        get
        {
            var query = route.AsSpan().IndexOf('?');
            return query < 0 ? route : route.AsSpan(0, query);
        }
    }
}
