using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Rollups;

/// <summary>What is summed up from one table by buckets. Rows are added once, in the order of their ids, whatever their time.</summary>
/// <param name="Name">Its name in <c>platform_rollups</c>.</param>
/// <param name="Table">The table that it sums up.</param>
/// <param name="Targets">The tables that it fills; each has a column <c>bucket</c>.</param>
/// <param name="Fold">Statements that add the rows with <c>@after</c> &lt; id ≤ <c>@through</c>.</param>
internal sealed record Rollup(string Name, string Table, IReadOnlyList<string> Targets, IReadOnlyList<string> Fold)
{
    // The conditions on other columns are written so that no index on them can be taken: the ids are the way to these rows.

    /// <summary>All that there are.</summary>
    public static Rollup[] All(DatabaseEngine engine) => [OfEvents(engine), OfMetrics(engine)];

    /// <summary>Events by type, and the last bucket of each user.</summary>
    public static Rollup OfEvents(DatabaseEngine engine) => new(
        "events",
        "platform_analytics_events",
        ["platform_rollup_events", "platform_rollup_daily_events", "platform_rollup_users"],
        [
            CountEvents("platform_rollup_events", Buckets.Expression(engine)),
            CountEvents("platform_rollup_daily_events", Buckets.DayExpression(engine)),
            $"""
            INSERT INTO platform_rollup_users (user_id, bucket)
            SELECT user_id, bucket FROM (
              SELECT +user_id AS user_id, max({Buckets.Expression(engine)}) AS bucket
              FROM platform_analytics_events WHERE id > @after AND id <= @through AND +user_id IS NOT NULL
              GROUP BY 1) AS fresh
            WHERE NOT EXISTS (SELECT 1 FROM platform_rollup_users AS known WHERE known.user_id = fresh.user_id AND known.bucket >= fresh.bucket)
            ON CONFLICT (user_id) DO UPDATE SET bucket = excluded.bucket
            """,
        ]);

    /// <summary>The sum of metrics named <c>api_calls</c>, and the number of metrics by endpoint.</summary>
    public static Rollup OfMetrics(DatabaseEngine engine) => new(
        "metrics",
        "platform_analytics_metrics",
        ["platform_rollup_api_calls", "platform_rollup_endpoints", "platform_rollup_daily_endpoints"],
        [
            $"""
            INSERT INTO platform_rollup_api_calls (bucket, api_calls)
            SELECT {Buckets.Expression(engine)}, sum(metric_value)
            FROM platform_analytics_metrics WHERE id > @after AND id <= @through AND metric_name || '' = 'api_calls' AND metric_value {Summable.Sql}
            GROUP BY 1
            ON CONFLICT (bucket) DO UPDATE SET api_calls = platform_rollup_api_calls.api_calls + excluded.api_calls
            """,
            CountEndpoints("platform_rollup_endpoints", Buckets.Expression(engine)),
            CountEndpoints("platform_rollup_daily_endpoints", Buckets.DayExpression(engine)),
        ]);

    private static string CountEvents(string target, string bucket) => $"""
        INSERT INTO {target} (bucket, event_type, events)
        SELECT {bucket}, event_type, count(*)
        FROM platform_analytics_events WHERE id > @after AND id <= @through
        GROUP BY 1, 2
        ON CONFLICT (bucket, event_type) DO UPDATE SET events = {target}.events + excluded.events
        """;

    private static string CountEndpoints(string target, string bucket) => $"""
        INSERT INTO {target} (bucket, endpoint, metrics)
        SELECT {bucket}, endpoint, count(*)
        FROM platform_analytics_metrics WHERE id > @after AND id <= @through AND endpoint IS NOT NULL
        GROUP BY 1, 2
        ON CONFLICT (bucket, endpoint) DO UPDATE SET metrics = {target}.metrics + excluded.metrics
        """;
}
