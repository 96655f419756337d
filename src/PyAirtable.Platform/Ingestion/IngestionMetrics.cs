using Prometheus;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Platform.Ingestion;

/// <summary>What is counted of one table's rows.</summary>
internal sealed class IngestionMetrics
{
    private static readonly double[] RowBuckets = [1, 4, 16, 64, 256, 1024, 4096];
    private static readonly double[] SecondBuckets = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10];

    private readonly Histogram.Child _rows;
    private readonly Histogram.Child _seconds;
    private readonly Counter.Child _busy;
    private readonly Counter.Child _unavailable;
    private readonly Counter.Child _rejected;

    /// <summary>The series of one table, <c>events</c> or <c>metrics</c>.</summary>
    public IngestionMetrics(ServiceMetrics metrics, string table, Func<double> waiting)
    {
        var factory = metrics.Factory;
        _rows = factory.CreateHistogram("pyairtable_ingestion_batch_rows", "Rows of a transaction.", ["table"], new() { Buckets = RowBuckets }).WithLabels(table);
        _seconds = factory.CreateHistogram("pyairtable_ingestion_commit_seconds", "Time of a transaction, from its begin to its commit.", ["table"], new() { Buckets = SecondBuckets }).WithLabels(table);
        var refused = factory.CreateCounter("pyairtable_ingestion_refused_rows_total", "Rows that were not stored: too many waited, the database was away, or it refused the row.", ["table", "reason"]);
        (_busy, _unavailable, _rejected) = (refused.WithLabels(table, "busy"), refused.WithLabels(table, "unavailable"), refused.WithLabels(table, "rejected"));
        metrics.AddGauge("pyairtable_ingestion_waiting_rows", "Rows that wait to be stored.", ("table", table), waiting);
    }

    /// <summary>A transaction was committed.</summary>
    public void Committed(int rows, TimeSpan elapsed)
    {
        _rows.Observe(rows);
        _seconds.Observe(elapsed.TotalSeconds);
    }

    /// <summary>Rows were not stored.</summary>
    public void Refused(int rows, IngestionOutcome outcome) => (outcome switch
    {
        IngestionOutcome.Busy => _busy,
        IngestionOutcome.Unavailable => _unavailable,
        _ => _rejected,
    }).Inc(rows);
}
