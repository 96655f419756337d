using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Retention;
using PyAirtable.Platform.Rollups;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Retention;

/// <summary>Old rows go, and nothing else (platform contract 4.6), on either engine.</summary>
public abstract class RetentionWorkerTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);

    [Fact]
    public async Task Delete_OldRows_GoAndNewRowsUsageAndUsersStay()
    {
        await Host.RegisterAsync("ada@example.com");
        await Storage.ExecuteAsync("UPDATE platform_users SET created_at = '2020-01-01 00:00:00.000000'");
        await AddUsageAsync(Now.AddYears(-2));
        await AddMetricAsync(Now.AddDays(-90).Date.AddMicroseconds(-1));
        await AddMetricAsync(Now.AddDays(-90).Date);
        await AddEventAsync(Now.AddDays(-91));
        await AddEventAsync(Now.AddDays(-89));
        await AddEventAsync(Now);

        Assert.Equal(2, await Worker(Storage.Database).DeleteAsync(Token));

        Assert.Equal((2L, 1L, 1L, 1L), (await CountAsync("events"), await CountAsync("metrics"), await CountAsync("usage"), await Storage.ReadAsync("SELECT count(*) FROM platform_users")));
        Assert.Equal(0, await Worker(Storage.Database).DeleteAsync(Token));
    }

    [Fact]
    public async Task Delete_BySeveralProcessesAtOnce_DeletesEachRowOnce()
    {
        await AddManyAsync(5_500);
        await using var other = Storage.Open();
        await using var third = Storage.Open();

        var deleted = await Task.WhenAll(new[] { Storage.Database, other, third }.Select(database => Worker(database).DeleteAsync(Token)));

        Assert.Equal(5_500, deleted.Sum());
        Assert.Equal(0L, await CountAsync("events"));
        using var output = new MemoryStream();
        await _metrics.WriteAsync(output, Token);
        Assert.Contains("pyairtable_analytics_deleted_rows_total{table=\"events\"} 5500", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_AllRolledUpRows_NewRowsAreStillCounted()
    {
        using var rollups = new RollupWorker(Storage.Database, _metrics, TimeProvider.System, NullLogger.Instance);
        await AddManyAsync(300);
        await rollups.CatchUpAsync(0, Token);
        await Worker(Storage.Database).DeleteAsync(Token);

        // SQLite gives these the ids of deleted rows.
        await AddEventAsync(Now, user: 3);
        await AddEventAsync(Now, user: 4);
        await rollups.CatchUpAsync(0, Token);

        var figures = await new DashboardStore(Storage.Database).ReadAsync(Now.AddYears(-5), null, Token);
        Assert.Equal((2L, 2L), (figures.TotalEvents, figures.ActiveUsers));
    }

    [Fact]
    public async Task Delete_Cancelled_StopsBetweenBatches()
    {
        await AddManyAsync(3_000);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worker(Storage.Database).DeleteAsync(stop.Token));
        Assert.Equal(3_000L, await CountAsync("events"));
    }

    [Theory]
    [InlineData("true", 2)]
    [InlineData("false", 1)]
    public async Task Module_BySetting_HasTheWorker(string enabled, int workers)
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["ANALYTICS_RETENTION_ENABLED"] = enabled });

        Assert.Equal(workers, host.Modules[0].Workers.Count(worker => worker is RetentionWorker or RollupWorker));
    }

    private RetentionWorker Worker(Database database) => new(new(true, 90), database, _metrics, new ManualTime(), NullLogger.Instance);

    private async Task<object?> CountAsync(string table) => await Storage.ReadAsync($"SELECT count(*) FROM platform_analytics_{table}");

    private Task AddManyAsync(int count) => Storage.ExecuteAsync($"""
        INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        SELECT i % 50, 'a', '{"{}"}', {(Engine == DatabaseEngine.Sqlite ? "'2024-01-15 09:31:02.000000'" : "TIMESTAMP '2024-01-15 09:31:02'")} FROM n
        """);
}
