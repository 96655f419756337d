using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

/// <summary>Migrations on a database that the Python service has made and is serving from: its tables are taken over as they are.</summary>
public sealed class AdoptionTests(PostgresServer server)
{
    // As SQLAlchemy makes them (platform contract 3.2 to 3.5), with what differs between the engines left open.
    private const string Tables = """
        CREATE TABLE platform_users (
            id {serial}, email VARCHAR(255) NOT NULL, password_hash VARCHAR(255) NOT NULL, is_active BOOLEAN NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL,
            first_name VARCHAR(100), last_name VARCHAR(100), meta_data {json} NOT NULL, PRIMARY KEY (id), UNIQUE (email));
        CREATE TABLE platform_analytics_events (
            id {serial}, user_id INTEGER, event_type VARCHAR(100) NOT NULL, event_data {json} NOT NULL, timestamp TIMESTAMP NOT NULL,
            session_id VARCHAR(255), ip_address VARCHAR(45), user_agent TEXT, PRIMARY KEY (id));
        CREATE TABLE platform_analytics_metrics (
            id {serial}, metric_name VARCHAR(100) NOT NULL, metric_value {float} NOT NULL, metric_type VARCHAR(50) NOT NULL, user_id INTEGER, service_name VARCHAR(100),
            endpoint VARCHAR(255), labels {json} NOT NULL, timestamp TIMESTAMP NOT NULL, PRIMARY KEY (id));
        CREATE TABLE platform_analytics_usage (
            id {serial}, user_id INTEGER NOT NULL, api_calls_count INTEGER NOT NULL, tokens_used INTEGER NOT NULL, cost_usd {float} NOT NULL, date TIMESTAMP NOT NULL,
            period_type VARCHAR(20) NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, PRIMARY KEY (id));
        """;

    private const string Insert =
        "INSERT INTO platform_analytics_events (event_type, event_data, timestamp) VALUES ('python', '{}', '2025-01-15 09:30:00')";

    private static readonly MigrationSet Migrations = new("platform", typeof(PlatformModule).Assembly, "Migrations/");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.Sqlite)]
    public async Task Apply_WhilePythonServes_KeepsItsTablesWhereTheyAre(DatabaseEngine engine)
    {
        await using var storage = await TestDatabase.CreateAsync(engine, server);
        var isSqlite = engine == DatabaseEngine.Sqlite;
        await storage.ExecuteAsync(Tables
            .Replace("{serial}", isSqlite ? "INTEGER NOT NULL" : "SERIAL NOT NULL", StringComparison.Ordinal)
            .Replace("{json}", isSqlite ? "TEXT" : "JSON", StringComparison.Ordinal)
            .Replace("{float}", isSqlite ? "DOUBLE PRECISION" : "FLOAT", StringComparison.Ordinal));
        for (var i = 0; i < 50; i++)
        {
            await storage.ExecuteAsync(Insert);
        }
        // The files, or first pages, that the tables are in: what is rewritten gets another.
        var places = isSqlite
            ? "SELECT group_concat(name || ' ' || rootpage, ', ') FROM (SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND name IN ({names}) ORDER BY name)"
            : "SELECT string_agg(relname || ' ' || relfilenode, ', ' ORDER BY relname) FROM pg_class WHERE relname IN ({names})";
        places = places.Replace("{names}", "'platform_users', 'platform_analytics_events', 'platform_analytics_metrics', 'platform_analytics_usage'", StringComparison.Ordinal);
        var before = await storage.ReadAsync(places);

        await using var python = storage.Open();
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var serving = Task.Run(async () =>
        {
            var written = 0;
            while (!stop.IsCancellationRequested)
            {
                await WriteAsync(python, Insert);
                started.TrySetResult();
                written++;
                // A writer of SQLite waits for others by looking now and then.
                await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
            }
            return written;
        }, Token);
        await started.Task;
        var migrator = new Migrator(storage.Database, NullLoggerFactory.Instance, TimeProvider.System);
        await migrator.ApplyAsync([Migrations], TextWriter.Null, Token);
        await WriteAsync(storage.Database, Insert);
        await stop.CancelAsync();
        var rows = 51 + await serving;

        Assert.Equal(before, await storage.ReadAsync(places));
        Assert.Equal(rows.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{await storage.ReadAsync("SELECT count(*) FROM platform_analytics_events WHERE event_type = 'python'")}");
        Assert.Empty(await migrator.PlanAsync([Migrations], Token));
        Assert.Empty(await migrator.CheckAsync([Migrations], Token));
    }

    private static Task WriteAsync(Database database, string sql) => database.WriteAsync(async (connection, transaction, token) =>
    {
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        await command.ExecuteNonQueryAsync(token);
    }, Token);
}
