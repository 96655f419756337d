using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Rollups;

namespace PyAirtable.Platform.Usage;

/// <summary>Reads of <c>platform_analytics_usage</c>, which other programs fill.</summary>
internal sealed class UsageStore(Database database)
{
    /// <summary>Rows of one read at most.</summary>
    public const int PageSize = 1_000;

    private const string OfUser = """
        SELECT id AS Id, user_id AS UserId, api_calls_count AS ApiCallsCount, tokens_used AS TokensUsed, cost_usd AS CostUsd, date AS Date, period_type AS PeriodType
        FROM platform_analytics_usage
        WHERE user_id = @userId AND period_type = @periodType AND date >= @start AND date <= @end
        """;

    private const string NewestFirst = " ORDER BY date DESC, id DESC LIMIT @count";

    private const string ByUser = $"""
        SELECT user_id AS UserId, coalesce(sum(cost_usd) FILTER (WHERE cost_usd {Summable.Sql}), 0.0) AS TotalCost,
               sum(tokens_used) AS TotalTokens, sum(api_calls_count) AS TotalApiCalls
        FROM platform_analytics_usage
        WHERE date >= @start AND date <= @end AND (CAST(@periodType AS TEXT) IS NULL OR period_type = @periodType)
        """;

    private const string Grouped = " GROUP BY user_id ORDER BY user_id";

    /// <summary>The next rows of a user's list, newest first, <see cref="PageSize"/> at most.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="periodType">Exact kind of period.</param>
    /// <param name="window">The time.</param>
    /// <param name="last">The row after which the list goes on; null for its start.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<List<UsageRecord>> ReadAsync(int userId, string periodType, UsageWindow window, UsageRecord? last, CancellationToken cancel)
    {
        var (start, end, count) = (window.Start, window.End, PageSize);
        await using var connection = await database.OpenAsync(cancel);
        if (last is null)
        {
            return [.. await connection.QueryAsync<UsageRecord>(OfUser + NewestFirst, new { userId, periodType, start, end, count, cancel })];
        }

        var (date, id) = (last.Date, last.Id);
        return [.. await connection.QueryAsync<UsageRecord>(OfUser + " AND (date, id) < (@date, @id)" + NewestFirst, new { userId, periodType, start, end, count, date, id, cancel })];
    }

    /// <summary>What each user used, by ascending user; null asks for all users, or for all kinds of period.</summary>
    public async Task<List<UserCost>> SumAsync(int? userId, string? periodType, UsageWindow window, CancellationToken cancel)
    {
        var (start, end) = (window.Start, window.End);
        await using var connection = await database.OpenAsync(cancel);
        return userId is { } one
            ? [.. await connection.QueryAsync<UserCost>(ByUser + " AND user_id = @one" + Grouped, new { one, periodType, start, end, cancel })]
            : [.. await connection.QueryAsync<UserCost>(ByUser + Grouped, new { periodType, start, end, cancel })];
    }
}
