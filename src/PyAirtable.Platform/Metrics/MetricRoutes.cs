using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Routing;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Metrics;

/// <summary>The routes that add metrics. They have no legacy twins.</summary>
internal static class MetricRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteTable routes, RouteGuard guard, MetricEndpoint metrics, ILogger log) => routes
        .Map("POST", "/analytics/metrics", guard.Keyed(new FailureAnswer(MetricEndpoint.Failed, log).Wrap(metrics.AddAsync)))
        .Map("POST", "/analytics/metrics/batch", guard.Keyed(new FailureAnswer(MetricEndpoint.BatchFailed, log).Wrap(metrics.AddManyAsync)));
}
