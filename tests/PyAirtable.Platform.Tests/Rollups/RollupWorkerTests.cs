using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Rollups;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Rollups;

/// <summary>How rows come into the roll-ups, on either engine.</summary>
public abstract class RollupWorkerTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);

    [Fact]
    public async Task CatchUp_RowsOfSeveralBuckets_AreSummedByBucket()
    {
        await AddEventAsync(Now, "a", user: 1);
        await AddEventAsync(Now.AddMinutes(-1), "a", user: 2);
        await AddEventAsync(new DateTime(2025, 1, 15, 9, 29, 59).AddMicroseconds(999_999), "a", user: 1);
        await AddMetricAsync(Now, value: "2", endpoint: "/x");
        await AddMetricAsync(Now, value: "0.5", endpoint: "/x");
        await AddMetricAsync(Now, name: "other", endpoint: "/y");

        await Worker(Storage.Database).CatchUpAsync(0, Token);

        Assert.Equal("2025-01-15 09:20:00 1, 2025-01-15 09:30:00 2", await ListAsync("SELECT bucket, events FROM platform_rollup_events ORDER BY 1"));
        Assert.Equal("2025-01-15 00:00:00 3", await ListAsync("SELECT bucket, events FROM platform_rollup_daily_events"));
        Assert.Equal("2025-01-15 09:30:00 1, 2025-01-15 09:30:00 2", await ListAsync("SELECT bucket, user_id FROM platform_rollup_users ORDER BY 2"));
        Assert.Equal("2025-01-15 09:30:00 2.5", await ListAsync("SELECT bucket, api_calls FROM platform_rollup_api_calls"));
        Assert.Equal("/x 2, /y 1", await ListAsync("SELECT endpoint, metrics FROM platform_rollup_endpoints ORDER BY 1"));
        Assert.Equal("/x 2, /y 1", await ListAsync("SELECT endpoint, metrics FROM platform_rollup_daily_endpoints ORDER BY 1"));
    }

    [Fact]
    public async Task CatchUp_FewRows_AreLeftToReaders()
    {
        await AddEventAsync(Now);

        await Worker(Storage.Database).CatchUpAsync(RollupWorker.LeftToReaders, Token);

        Assert.Equal("0", await ListAsync("SELECT folded_through FROM platform_rollups WHERE name = 'events'"));
    }

    [Fact]
    public async Task CatchUp_MoreThanOneBatch_TakesAll()
    {
        await AddManyAsync(12_345);

        await Worker(Storage.Database).CatchUpAsync(RollupWorker.LeftToReaders, Token);

        Assert.Equal("12345", await ListAsync("SELECT sum(events) FROM platform_rollup_events"));
        Assert.Contains("pyairtable_analytics_rollup_events_behind 0", await ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CatchUp_BySeveralProcessesAtOnce_AddsEachRowOnce()
    {
        await AddManyAsync(30_000);
        await using var other = Storage.Open();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Worker(i % 2 == 0 ? Storage.Database : other).CatchUpAsync(0, Token)));
        await Worker(other).CatchUpAsync(0, Token);

        Assert.Equal("30000", await ListAsync("SELECT sum(events) FROM platform_rollup_events"));
    }

    [Fact]
    public async Task CatchUp_RowsDeletedByAnotherProgram_MakesItAnew()
    {
        await AddManyAsync(100);
        await Worker(Storage.Database).CatchUpAsync(0, Token);
        await Storage.ExecuteAsync("DELETE FROM platform_analytics_events WHERE id > 40");

        var worker = Worker(Storage.Database);
        await worker.CatchUpAsync(0, Token);
        await worker.CatchUpAsync(0, Token);

        Assert.Equal("40", await ListAsync("SELECT sum(events) FROM platform_rollup_events"));
        Assert.Equal(40, (await new DashboardStore(Storage.Database).ReadAsync(Now.AddYears(-1), null, Token)).TotalEvents);
    }

    [Fact]
    public async Task Worker_InTheService_CatchesUpByItself()
    {
        await AddManyAsync(RollupWorker.LeftToReaders + 1);

        while (await ListAsync("SELECT folded_through FROM platform_rollups WHERE name = 'events'") == "0")
        {
            await Task.Delay(20, Token);
        }

        Assert.StartsWith("{\"total_events\":1001,", (await GetAsync("/analytics/dashboard")).Body);
    }

    private RollupWorker Worker(Database database) => new(database, _metrics, TimeProvider.System, NullLogger.Instance);

    private Task AddManyAsync(int count) => Storage.ExecuteAsync($"""
        INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        SELECT i % 50, 'a', '{"{}"}', {(Engine == DatabaseEngine.Sqlite ? "'2025-01-15 09:31:02.000000'" : "TIMESTAMP '2025-01-15 09:31:02'")} FROM n
        """);

    private async Task<string> ListAsync(string sql)
    {
        await using var connection = await Storage.Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string> rows = [];
        while (await reader.ReadAsync(Token))
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i) == "bucket"
                ? reader.GetDateTime(i).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
                : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        }

        return string.Join(", ", rows);
    }

    private async Task<string> ScrapeAsync()
    {
        using var output = new MemoryStream();
        await _metrics.WriteAsync(output, Token);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
