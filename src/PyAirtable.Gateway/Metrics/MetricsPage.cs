using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Metrics;

/// <summary>The metrics of the process in Prometheus' text format (gateway contract 7.5).</summary>
internal sealed class MetricsPage(ServiceMetrics metrics)
{
    /// <summary>Answers.</summary>
    public Task GetAsync(RequestContext request)
    {
        request.Http.Response.ContentType = ServiceMetrics.ContentType;
        return metrics.WriteAsync(request.Http.Response.Body, request.Aborted);
    }
}
