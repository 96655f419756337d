using System.Diagnostics;

namespace PyAirtable.Hosting.Tracing;

/// <summary>
/// Spans of answered requests and of calls to upstreams. While nobody listens, starting gives null and nothing is allocated.
/// Attribute names are OpenTelemetry's (https://opentelemetry.io/docs/specs/semconv/http/http-spans/).
/// </summary>
public static class RequestSpans
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "PyAirtable";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool Enabled => Source.HasListeners();

    /// <summary>Starts the span of a request that has arrived.</summary>
    /// <param name="service">Name of the service, such as <c>gateway</c>: several may run in one process.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="traceParent">The request's <c>traceparent</c>; a new trace begins where it is missing or wrong.</param>
    /// <param name="traceState">The request's <c>tracestate</c>, which goes with a right <c>traceparent</c>.</param>
    public static Activity? StartServer(string service, string method, string? traceParent, string? traceState)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var parent = TraceParent.TryParse(traceParent, out var remote) ? remote.ToActivityContext(traceState) : default;
        var span = Source.StartActivity(method, ActivityKind.Server, parent);
        span?.SetTag("http.request.method", method);
        span?.SetTag("pyairtable.service", service);
        return span;
    }

    /// <summary>Ends the span of a request with what became of it.</summary>
    /// <param name="span">The span, if there is one.</param>
    /// <param name="route">Template of the matched route; null where none matched.</param>
    /// <param name="status">HTTP status of the answer.</param>
    public static void EndServer(Activity? span, string? route, int status)
    {
        if (span is null)
        {
            return;
        }

        if (route is not null)
        {
            span.DisplayName = $"{span.OperationName} {route}";
            span.SetTag("http.route", route);
        }

        End(span, status, isError: status >= 500);
    }

    /// <summary>Starts the span of a call to an upstream, within the current span.</summary>
    public static Activity? StartClient(string method, string upstream)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity($"{method} {upstream}", ActivityKind.Client);
        span?.SetTag("http.request.method", method);
        span?.SetTag("peer.service", upstream);
        return span;
    }

    /// <summary>Ends the span of a call.</summary>
    /// <param name="span">The span, if there is one.</param>
    /// <param name="status">HTTP status of the answer; null where there was none.</param>
    public static void EndClient(Activity? span, int? status)
    {
        if (span is not null)
        {
            End(span, status, isError: status is null or >= 400);
        }
    }

    private static void End(Activity span, int? status, bool isError)
    {
        if (status is { } known)
        {
            span.SetTag("http.response.status_code", known);
        }

        if (isError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }
}
