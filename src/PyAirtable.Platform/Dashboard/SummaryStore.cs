using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Rollups;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Dashboard;

/// <summary>Figures of all time: what the roll-ups have, and the rows that they do not have yet.</summary>
internal sealed class SummaryStore(Database database, DashboardStore dashboard)
{
    private const string ByName = """
        SELECT event_type AS EventName, CAST(sum(events) AS BIGINT) AS Count FROM (
          SELECT event_type, count(*) AS events FROM platform_analytics_events
          WHERE id > @through GROUP BY event_type
          UNION ALL
          SELECT event_type, sum(events) FROM platform_rollup_daily_events GROUP BY event_type) AS counted
        GROUP BY event_type ORDER BY 2 DESC, 1
        """;

    private const string ApiCalls = $"""
        SELECT coalesce((SELECT sum(api_calls) FROM platform_rollup_api_calls), 0.0)
               + coalesce((SELECT sum(metric_value) FROM platform_analytics_metrics
                           WHERE id > @through AND metric_name || '' = 'api_calls' AND metric_value {Summable.Sql}), 0.0)
        """;

    private const string Cost = $"SELECT coalesce(sum(cost_usd), 0.0) FROM platform_analytics_usage WHERE cost_usd {Summable.Sql}";

    private const string Users = "SELECT count(*) FROM platform_users";

    /// <summary>The figures as of now.</summary>
    /// <param name="dayAgo">The moment 24 hours before now.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<SummaryFigures> ReadAsync(DateTime dayAgo, CancellationToken cancel)
    {
        var lastDay = await dashboard.ReadAsync(dayAgo, null, cancel);
        await using var snapshot = await Snapshot.OpenAsync(database, cancel);
        var (connection, transaction) = (snapshot.Connection, snapshot.Transaction);
        var through = await connection.ExecuteScalarAsync<long>(RollupStore.FoldedThrough, new { name = "events", cancel }, transaction);
        List<EventCount> events = [.. await connection.QueryAsync<EventCount>(ByName, new { through, cancel }, transaction)];
        through = await connection.ExecuteScalarAsync<long>(RollupStore.FoldedThrough, new { name = "metrics", cancel }, transaction);
        return new SummaryFigures
        {
            ActiveUsers = lastDay.ActiveUsers,
            EventsLastDay = lastDay.TotalEvents,
            EventsByName = events,
            ApiCalls = await connection.ExecuteScalarAsync<double>(ApiCalls, new { through, cancel }, transaction),
            TotalUsers = await connection.ExecuteScalarAsync<long>(Users, transaction: transaction),
            TotalCost = await connection.ExecuteScalarAsync<double>(Cost, transaction: transaction),
        };
    }
}
