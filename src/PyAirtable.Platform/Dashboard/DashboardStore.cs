using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Rollups;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Dashboard;

/// <summary>
/// Figures of the whole system since a moment. The roll-ups give the days that lie in the time as a whole, and the buckets before
/// them; rows give the part of a bucket before those, and what no roll-up has yet. All are read at one moment, so no row is counted twice or left out.
/// </summary>
internal sealed class DashboardStore(Database database)
{
    // Rows that count beside the roll-up. The pluses and IS TRUE keep SQLite from the wrong index: time leads to the part of a bucket, the id to what is new.
    private const string Events = """
        WITH recent AS (
          SELECT user_id FROM platform_analytics_events WHERE timestamp >= @start AND timestamp < @edge AND +id <= @through
          UNION ALL
          SELECT user_id FROM platform_analytics_events WHERE id > @through AND (timestamp >= @start) IS TRUE)
        SELECT (SELECT count(*) FROM recent)
               + CAST(coalesce((SELECT sum(events) FROM platform_rollup_events WHERE bucket >= @edge AND bucket < @firstDay), 0) AS BIGINT)
               + CAST(coalesce((SELECT sum(events) FROM platform_rollup_daily_events WHERE bucket >= @firstDay), 0) AS BIGINT) AS TotalEvents,
               (SELECT count(DISTINCT user_id) FROM recent
                WHERE NOT EXISTS (SELECT 1 FROM platform_rollup_users AS known WHERE known.user_id = recent.user_id AND known.bucket >= @edge))
               + (SELECT count(*) FROM platform_rollup_users WHERE bucket >= @edge) AS ActiveUsers
        """;

    // The rows are read once for both; the sum comes last, as an endpoint without a name that no metric has.
    private const string Metrics = $"""
        WITH recent AS (
          SELECT endpoint, count(*) AS metrics, sum(CASE WHEN metric_name = 'api_calls' AND metric_value {Summable.Sql} THEN metric_value END) AS api_calls
          FROM (
            SELECT endpoint, metric_name, metric_value
            FROM platform_analytics_metrics WHERE timestamp >= @start AND timestamp < @edge AND +id <= @through
            UNION ALL
            SELECT endpoint, metric_name, metric_value
            FROM platform_analytics_metrics WHERE id > @through AND (timestamp >= @start) IS TRUE) AS fresh
          GROUP BY endpoint)
        SELECT endpoint AS Endpoint, metrics AS Count, 0.0 AS ApiCalls FROM (
          SELECT endpoint, CAST(sum(metrics) AS BIGINT) AS metrics FROM (
            SELECT endpoint, metrics FROM recent WHERE endpoint IS NOT NULL
            UNION ALL
            SELECT endpoint, sum(metrics) FROM platform_rollup_endpoints WHERE bucket >= @edge AND bucket < @firstDay GROUP BY endpoint
            UNION ALL
            SELECT endpoint, sum(metrics) FROM platform_rollup_daily_endpoints WHERE bucket >= @firstDay GROUP BY endpoint) AS counted
          GROUP BY endpoint ORDER BY 2 DESC, 1 LIMIT 5) AS most
        UNION ALL
        SELECT NULL, 0, coalesce((SELECT sum(api_calls) FROM recent), 0.0)
                        + coalesce((SELECT sum(api_calls) FROM platform_rollup_api_calls WHERE bucket >= @edge), 0.0)
        ORDER BY 2 DESC, 1
        """;

    private const string Newest = $"""
        SELECT {ListedEvent.Columns} FROM platform_analytics_events WHERE timestamp >= @start ORDER BY timestamp DESC, id DESC LIMIT 10
        """;

    private const string Cost = $"""
        SELECT coalesce(sum(cost_usd), 0.0) FROM platform_analytics_usage
        WHERE date >= @day AND cost_usd {Summable.Sql} AND (CAST(@periodType AS TEXT) IS NULL OR period_type = @periodType)
        """;

    /// <summary>The figures since <paramref name="start"/>; costs since midnight of its day, of one kind of period or of all (D-25, D-26).</summary>
    public async Task<DashboardFigures> ReadAsync(DateTime start, string? periodType, CancellationToken cancel)
    {
        var (edge, firstDay, day) = (Buckets.Ceiling(start), Buckets.DayCeiling(start), start.Date);
        await using var snapshot = await Snapshot.OpenAsync(database, cancel);
        var (connection, transaction) = (snapshot.Connection, snapshot.Transaction);
        var through = await connection.ExecuteScalarAsync<long>(RollupStore.FoldedThrough, new { name = "events", cancel }, transaction);
        var events = await connection.QueryFirstAsync<EventFigures>(Events, new { start, edge, firstDay, through, cancel }, transaction);
        through = await connection.ExecuteScalarAsync<long>(RollupStore.FoldedThrough, new { name = "metrics", cancel }, transaction);
        List<MetricFigures> metrics = [.. await connection.QueryAsync<MetricFigures>(Metrics, new { start, edge, firstDay, through, cancel }, transaction)];
        return new DashboardFigures
        {
            TotalEvents = events.TotalEvents,
            ActiveUsers = events.ActiveUsers,
            ApiCalls = metrics[^1].ApiCalls,
            TotalCost = await connection.ExecuteScalarAsync<double>(Cost, new { day, periodType, cancel }, transaction),
            TopEndpoints = [.. metrics.SkipLast(1).Select(static row => new EndpointCount { Endpoint = row.Endpoint!, Count = row.Count })],
            RecentEvents = [.. await connection.QueryAsync<ListedEvent>(Newest, new { start, cancel }, transaction)],
        };
    }
}
