using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Metrics;

/// <summary>The one way for metrics into the table; whoever adds them is told by the metric's id that it is stored.</summary>
internal sealed class MetricIngestion
{
    // The columns of the table but its id, in the order of the parameters.
    private static readonly RowTable<Metric> Table = new(
        """
        INSERT INTO platform_analytics_metrics (metric_name, metric_value, metric_type, user_id, service_name, endpoint, labels, timestamp)
        SELECT * FROM unnest($1::text[], $2::double precision[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::json[], $8::timestamp[])
        RETURNING id
        """,
        """
        INSERT INTO platform_analytics_metrics (metric_name, metric_value, metric_type, user_id, service_name, endpoint, labels, timestamp)
        VALUES (@metric_name, @metric_value, @metric_type, @user_id, @service_name, @endpoint, @labels, @timestamp)
        """,
        [
            Column<Metric>.Text("metric_name", static row => row.Name),
            Column<Metric>.Double("metric_value", static row => row.Value),
            Column<Metric>.Text("metric_type", static row => row.Type),
            Column<Metric>.Integer("user_id", static row => row.UserId),
            Column<Metric>.Text("service_name", static row => row.ServiceName),
            Column<Metric>.Text("endpoint", static row => row.Endpoint),
            Column<Metric>.Json("labels", static row => row.Labels),
            Column<Metric>.Time("timestamp", static row => row.Timestamp),
        ]);

    private readonly GroupCommit<Metric> _commit;

    /// <summary>Stores into that database. It ends with the process.</summary>
    public MetricIngestion(Database database, ProcessContext process, IngestionOptions options)
    {
        var log = process.Log.CreateLogger("platform");
        _commit = process.Own(new GroupCommit<Metric>(RowStore.Of(database, Table), options, static _ => { }, "metrics", process.Metrics, process.Clock, log));
    }

    /// <summary>Stores all of them or none, and sets their ids. Does not throw.</summary>
    public Task<IngestionOutcome> AddAsync(IReadOnlyList<Metric> added) => _commit.AddAsync(added);
}
