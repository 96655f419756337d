using System.Data.Common;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Metrics;

/// <summary>Lists of <c>platform_analytics_metrics</c>, newest first.</summary>
internal sealed class MetricQueryStore(Database database)
{
    /// <summary>Metrics of one read at most.</summary>
    public const int PageSize = 100;

    private const string Columns = """
        SELECT id, metric_name, metric_value, metric_type, user_id, service_name, endpoint, labels, timestamp FROM platform_analytics_metrics
        """;

    /// <summary>The next metrics of a list, <paramref name="count"/> at most.</summary>
    /// <param name="query">Which.</param>
    /// <param name="last">The metric after which the list goes on; null for its start.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<List<ListedMetric>> ReadAsync(MetricQuery query, ListedMetric? last, int count, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        Ask(command, query, last);
        command.Add("count", count);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var page = new List<ListedMetric>();
        while (await reader.ReadAsync(cancel))
        {
            page.Add(Read(reader));
        }

        return page;
    }

    // Each filter has an index. Of several, the one that leaves least is to be taken, and SQLite knows nothing of what is in them:
    // the others are written so that theirs cannot be.
    private static void Ask(DbCommand command, MetricQuery query, ListedMetric? last)
    {
        List<string> conditions = [];
        if (query.UserId is { } user)
        {
            conditions.Add("user_id = @user");
            command.Add("user", user);
        }

        if (query.ServiceName is { } service)
        {
            conditions.Add(conditions.Count == 0 ? "service_name = @service" : "service_name || '' = @service");
            command.Add("service", service);
        }

        if (query.MetricName is { } name)
        {
            conditions.Add(conditions.Count == 0 ? "metric_name = @name" : "metric_name || '' = @name");
            command.Add("name", name);
        }

        if (last is not null)
        {
            conditions.Add("(timestamp, id) < (@time, @id)");
            command.Add("time", last.Timestamp);
            command.Add("id", last.Id);
        }

        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        command.CommandText = $"{Columns} {where} ORDER BY timestamp DESC, id DESC LIMIT @count";
    }

    private static ListedMetric Read(DbDataReader reader) => new()
    {
        Id = reader.GetInt32(0),
        MetricName = reader.GetString(1),
        MetricValue = reader.GetDouble(2),
        MetricType = reader.GetString(3),
        UserId = reader.IsDBNull(4) ? null : reader.GetInt32(4),
        ServiceName = reader.IsDBNull(5) ? null : reader.GetString(5),
        Endpoint = reader.IsDBNull(6) ? null : reader.GetString(6),
        Labels = reader.GetString(7),
        Timestamp = reader.GetDateTime(8),
    };
}
