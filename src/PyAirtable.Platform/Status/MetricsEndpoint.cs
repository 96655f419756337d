using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Status;

/// <summary>Prometheus metrics at <c>METRICS_PATH</c> (platform contract D-4).</summary>
internal sealed class MetricsEndpoint(ServiceMetrics metrics)
{
    /// <summary>Answers with all metrics of the process.</summary>
    public Task GetAsync(RequestContext request)
    {
        request.Http.Response.ContentType = ServiceMetrics.ContentType;
        return metrics.WriteAsync(request.Http.Response.Body, request.Aborted);
    }
}
