namespace PyAirtable.Hosting.Logging;

/// <summary>What the log says of one answered request. Texts may come from the client: they are escaped and cut when written.</summary>
/// <param name="Service">Name of the service, such as <c>gateway</c>.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Template of the matched route, else the raw path. A query string is never written.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Elapsed">From the request's arrival to the end of its answer.</param>
/// <param name="ResponseBytes">Bytes of the answer's body.</param>
/// <param name="TraceId">The request's trace id, if known.</param>
/// <param name="Upstream">Name of the upstream that answered; null when the service answered itself.</param>
public readonly record struct AccessLine(
    string Service,
    string Method,
    string Route,
    int Status,
    TimeSpan Elapsed,
    long ResponseBytes,
    string? TraceId = null,
    string? Upstream = null)
{
    /// <summary>The route up to a query string, which may carry a key.</summary>
    internal ReadOnlySpan<char> PathOrTemplate
    {
        get
        {
            var route = Route.AsSpan();
            var query = route.IndexOf('?');
            return query < 0 ? route : route[..query];
        }
    }
}
