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
    private const string RecentEvents = """
        WITH recent AS (
          SELECT user_id FROM platform_analytics_events WHERE timestamp >= @start AND timestamp < @edge AND +id <= @through
          UNION ALL
          SELECT user_id FROM platform_analytics_events WHERE id > @through AND (timestamp >= @start) IS TRUE)

        """;

    private const string Events = RecentEvents + """
        SELECT (SELECT count(*) FROM recent)
               + CAST(coalesce((SELECT sum(events) FROM platform_rollup_events WHERE bucket >= @edge AND bucket < @firstDay), 0) AS BIGINT)
               + CAST(coalesce((SELECT sum(events) FROM platform_rollup_daily_events WHERE bucket >= @firstDay), 0) AS BIGINT) AS TotalEvents,
               (SELECT count(DISTINCT user_id) FROM recent
                WHERE NOT EXISTS (SELECT 1 FROM platform_rollup_users AS known WHERE known.user_id = recent.user_id AND known.bucket >= @edge))
               + (SELECT count(*) FROM platform_rollup_users WHERE bucket >= @edge) AS ActiveUsers
        """;

    private const string RecentMetrics = $"""
        WITH recent AS (
          SELECT endpoint, CASE WHEN metric_name = 'api_calls' AND metric_value {Summable.Sql} THEN metric_value END AS api_calls
          FROM platform_analytics_metrics WHERE timestamp >= @start AND timestamp < @edge AND +id <= @through
          UNION ALL
          SELECT endpoint, CASE WHEN metric_name = 'api_calls' AND metric_value {Summable.Sql} THEN metric_value END
          FROM platform_analytics_metrics WHERE id > @through AND (timestamp >= @start) IS TRUE)

        """;

    private const string ApiCalls = RecentMetrics + """
        SELECT coalesce((SELECT sum(api_calls) FROM recent), 0.0)
               + coalesce((SELECT sum(api_calls) FROM platform_rollup_api_calls WHERE bucket >= @edge), 0.0)
        """;

    private const string TopEndpoints = RecentMetrics + """
        SELECT endpoint AS Endpoint, CAST(sum(metrics) AS BIGINT) AS Count FROM (
          SELECT endpoint, count(*) AS metrics FROM recent WHERE endpoint IS NOT NULL GROUP BY endpoint
          UNION ALL
          SELECT endpoint, sum(metrics) FROM platform_rollup_endpoints WHERE bucket >= @edge AND bucket < @firstDay GROUP BY endpoint
          UNION ALL
          SELECT endpoint, sum(metrics) FROM platform_rollup_daily_endpoints WHERE bucket >= @firstDay GROUP BY endpoint) AS counted
        GROUP BY endpoint ORDER BY 2 DESC, 1 LIMIT 5
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
        return new DashboardFigures
        {
            TotalEvents = events.TotalEvents,
            ActiveUsers = events.ActiveUsers,
            ApiCalls = await connection.ExecuteScalarAsync<double>(ApiCalls, new { start, edge, through, cancel }, transaction),
            TotalCost = await connection.ExecuteScalarAsync<double>(Cost, new { day, periodType, cancel }, transaction),
            TopEndpoints = [.. await connection.QueryAsync<EndpointCount>(TopEndpoints, new { start, edge, firstDay, through, cancel }, transaction)],
            RecentEvents = [.. await connection.QueryAsync<ListedEvent>(Newest, new { start, cancel }, transaction)],
        };
    }
}
