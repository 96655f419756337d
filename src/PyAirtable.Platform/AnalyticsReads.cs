using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Metrics;
using PyAirtable.Platform.Retention;
using PyAirtable.Platform.Rollups;
using PyAirtable.Platform.Usage;

namespace PyAirtable.Platform;

/// <summary>Reads of analytics with their legacy twins, and the work that keeps them quick.</summary>
internal sealed partial class AnalyticsReads
{
    private readonly PlatformSettings _settings;
    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <summary>Composes them; nothing is read yet.</summary>
    public AnalyticsReads(PlatformSettings settings, ProcessContext process, Database database)
    {
        (_settings, _database, _clock, _log) = (settings, database, process.Clock, process.Log.CreateLogger("platform"));
        var rollups = new RollupWorker(database, process.Metrics, _clock, _log);
        Workers = settings.Retention.Enabled
            ? [rollups, new RetentionWorker(settings.Retention, database, process.Metrics, _clock, _log)]
            : [rollups];
    }

    /// <summary>Work beside requests.</summary>
    public IReadOnlyList<IHostedService> Workers { get; }

    /// <summary>Maps the routes, each asking for the API key.</summary>
    public void Map(RouteTable routes, RouteGuard guard)
    {
        var usage = new UsageStore(_database);
        var metrics = Guarded("Metrics retrieval failed", new MetricListEndpoint(new MetricQueryStore(_database)).ListAsync);
        var users = Guarded("User usage retrieval failed", new UsageEndpoint(usage, _clock).ListAsync);
        var costs = Guarded("Cost analysis failed", new CostsEndpoint(usage, _clock).SumAsync);
        routes
            .Get("/analytics/metrics", metrics)
            .MapWithTwin("GET", "/analytics", "/usage/{user_id}", users)
            .MapWithTwin("GET", "/analytics", "/costs", costs)
            .Get("/analytics/dashboard", Guarded("Dashboard metrics retrieval failed", new DashboardEndpoint(new DashboardStore(_database), _clock).GetAsync));
        if (_settings.MetricsPath == "/metrics")
        {
            LogMetricsPath();
        }
        else
        {
            routes.Get("/metrics", RouteGuard.Deprecated(metrics));
        }

        RequestHandler Guarded(string failure, RequestHandler handler) => guard.Keyed(new FailureAnswer(failure, _log).Wrap(handler));
    }

    [LoggerMessage(EventId = 132, Level = LogLevel.Warning, Message = "METRICS_PATH is /metrics: Prometheus metrics take the place of the legacy analytics route there")]
    private partial void LogMetricsPath();
}
