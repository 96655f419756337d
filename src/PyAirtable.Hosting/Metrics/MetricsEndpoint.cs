using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Metrics;

/// <summary>All metrics of the process in Prometheus' text format: on the management port, and at a service's <c>METRICS_PATH</c>.</summary>
public sealed class MetricsEndpoint(ServiceMetrics metrics)
{
    /// <summary>Answers with them.</summary>
    public Task GetAsync(RequestContext request) => WriteAsync(request.Http, metrics);

    internal static Task WriteAsync(HttpContext http, ServiceMetrics metrics)
    {
        http.Response.ContentType = ServiceMetrics.ContentType;
        return metrics.WriteAsync(http.Response.Body, http.RequestAborted);
    }
}
