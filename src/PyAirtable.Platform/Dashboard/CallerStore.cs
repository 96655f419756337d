using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Rollups;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Dashboard;

/// <summary>What one user did (platform contract 8.4). Each figure takes time by the user's own rows in the time asked for.</summary>
internal sealed class CallerStore(Database database)
{
    /// <summary>Events of one read at most.</summary>
    public const int PageSize = 100;

    private const string Page = $"""
        SELECT {ListedEvent.Columns} FROM platform_analytics_events WHERE user_id = @userId
        ORDER BY timestamp DESC, id DESC LIMIT @count OFFSET @offset
        """;

    private const string Following = $"""
        SELECT {ListedEvent.Columns} FROM platform_analytics_events WHERE user_id = @userId AND (timestamp, id) < (@time, @id)
        ORDER BY timestamp DESC, id DESC LIMIT @count
        """;

    private const string ByName = """
        SELECT event_type AS EventName, count(*) AS Count FROM platform_analytics_events
        WHERE user_id = @userId AND timestamp >= @start GROUP BY event_type ORDER BY 2 DESC, 1
        """;

    private const string ApiCalls = $"""
        SELECT coalesce(sum(metric_value), 0.0) FROM platform_analytics_metrics
        WHERE user_id = @userId AND timestamp >= @start AND metric_name || '' = 'api_calls' AND metric_value {Summable.Sql}
        """;

    private const string Cost = $"""
        SELECT coalesce(sum(cost_usd), 0.0) FROM platform_analytics_usage WHERE user_id = @userId AND date >= @day AND cost_usd {Summable.Sql}
        """;

    private const string TopEndpoints = """
        SELECT endpoint AS Endpoint, count(*) AS Count FROM platform_analytics_metrics
        WHERE user_id = @userId AND timestamp >= @start AND endpoint IS NOT NULL GROUP BY endpoint ORDER BY 2 DESC, 1 LIMIT 5
        """;

    private const string Newest = $"""
        SELECT {ListedEvent.Columns} FROM platform_analytics_events WHERE user_id = @userId AND timestamp >= @start
        ORDER BY timestamp DESC, id DESC LIMIT 10
        """;

    /// <summary>The next of a user's events, newest first.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="offset">Events to leave out at the start of the list.</param>
    /// <param name="last">The event after which the list goes on; null for its start.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<List<ListedEvent>> ListAsync(int userId, long offset, ListedEvent? last, int count, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (last is null)
        {
            return [.. await connection.QueryAsync<ListedEvent>(Page, new { userId, offset, count, cancel })];
        }

        var (time, id) = (last.Timestamp, last.Id);
        return [.. await connection.QueryAsync<ListedEvent>(Following, new { userId, time, id, count, cancel })];
    }

    /// <summary>A user's figures since a moment; costs since midnight of its day.</summary>
    public async Task<CallerFigures> ReadAsync(int userId, DateTime start, CancellationToken cancel)
    {
        var day = start.Date;
        await using var snapshot = await Snapshot.OpenAsync(database, cancel);
        var (connection, transaction) = (snapshot.Connection, snapshot.Transaction);
        return new CallerFigures
        {
            UserId = userId,
            EventsByName = [.. await connection.QueryAsync<EventCount>(ByName, new { userId, start, cancel }, transaction)],
            ApiCalls = await connection.ExecuteScalarAsync<double>(ApiCalls, new { userId, start, cancel }, transaction),
            TotalCost = await connection.ExecuteScalarAsync<double>(Cost, new { userId, day, cancel }, transaction),
            TopEndpoints = [.. await connection.QueryAsync<EndpointCount>(TopEndpoints, new { userId, start, cancel }, transaction)],
            RecentEvents = [.. await connection.QueryAsync<ListedEvent>(Newest, new { userId, start, cancel }, transaction)],
        };
    }
}
