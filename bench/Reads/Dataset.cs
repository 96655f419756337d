using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Reads;

/// <summary>Tables of a size: rows of events and of metrics spread evenly over a time that ends now, 10,000 users, 50 endpoints, 20 names;
/// usage of 300 users a day.</summary>
/// <param name="Rows">Rows of each table.</param>
/// <param name="Hours">The time.</param>
internal sealed record Dataset(long Rows, int Hours)
{
    private const string Migrations = "src/PyAirtable.Platform/Storage/Migrations";

    // The last removes an index of the first.
    private static readonly string[] Indexing = ["0004_analytics_indexes.sql", "0006_find_users_of_buckets.sql"];

    /// <summary>Its name in tables.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} in {Hours} h");

    /// <summary>Fills a database that the service has migrated. Indexes are made last, as they would be by a bulk load.</summary>
    public async Task FillAsync(DatabaseOptions options, CancellationToken cancel)
    {
        await using var database = Database.Create(options, NullLoggerFactory.Instance, TimeProvider.System);
        var sqlite = options.Engine == DatabaseEngine.Sqlite;
        var folder = $"{Migrations}/{(sqlite ? "Sqlite" : "PostgreSql")}";
        var indexes = string.Concat(Indexing.Select(file => File.ReadAllText($"{folder}/{file}")));
        var names = indexes.Split("CREATE INDEX IF NOT EXISTS ").Skip(1).Select(text => text.Split(' ')[0]);
        string[] statements = [.. names.Select(name => $"DROP INDEX IF EXISTS {name}"), .. sqlite ? Sqlite() : PostgreSql(), indexes, "ANALYZE"];
        foreach (var statement in statements)
        {
            await database.WriteAsync(async (connection, transaction, token) =>
            {
                await using var command = connection.CreateCommand();
                (command.Transaction, command.CommandText, command.CommandTimeout) = (transaction, statement, 0);
                await command.ExecuteNonQueryAsync(token);
            }, cancel);
        }
    }

    private string[] PostgreSql()
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"timezone('utc', now()) - interval '1 second' * ({Rows} - i) * {Hours * 3600.0 / Rows}");
        var from = string.Create(CultureInfo.InvariantCulture, $"FROM generate_series(1, {Rows}) AS i");
        return Inserts("(random() * 10000)::int", "(random() * 19)::int", "(random() * 49)::int", time, from, "date_trunc('day', timezone('utc', now())) - interval '1 day' * (i / 300)", "timezone('utc', now())");
    }

    private string[] Sqlite()
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"strftime('%Y-%m-%d %H:%M:%f', julianday('now') - ({Rows} - i) * {Hours / 24.0 / Rows:R}) || '000'");
        var from = string.Create(CultureInfo.InvariantCulture, $"FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT i FROM n)");
        return Inserts("abs(random()) % 10000", "(abs(random()) % 20)", "(abs(random()) % 50)", time, from, "strftime('%Y-%m-%d 00:00:00.000000', 'now', '-' || (i / 300) || ' days')", "strftime('%Y-%m-%d %H:%M:%f000', 'now')");
    }

    private static string[] Inserts(string user, string name, string endpoint, string time, string from, string day, string now) =>
    [
        $"INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp, session_id, ip_address, user_agent) SELECT {user}, 'type_' || {name}, '{{\"path\":\"/home\"}}', {time}, 'session', '203.0.113.7', 'browser' {from}",
        $"INSERT INTO platform_analytics_metrics (metric_name, metric_value, metric_type, user_id, service_name, endpoint, labels, timestamp) SELECT CASE i % 3 WHEN 0 THEN 'api_calls' ELSE 'metric_' || {name} END, 1, 'counter', {user}, 'service_' || (i % 5), '/endpoint/' || {endpoint}, '{{}}', {time} {from}",
        $"INSERT INTO platform_analytics_usage (user_id, api_calls_count, tokens_used, cost_usd, date, period_type, created_at, updated_at) SELECT i % 300, 5, 100, 0.01, {day}, 'daily', {now}, {now} {from} WHERE i <= 300 * 3000",
    ];
}
