using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Rollups;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Rollups;

/// <summary>Rows whose transaction commits after one that was given a higher id.</summary>
public sealed class OpenWritesTests(PostgresServer server) : AnalyticsTests(DatabaseEngine.PostgreSql, server)
{
    private const string Insert = "INSERT INTO platform_analytics_events (event_type, event_data, timestamp) VALUES ('late', '{}', '2025-01-15 09:31:02')";

    [Fact]
    public async Task CatchUp_WhileALowerIdIsUncommitted_WaitsForIt()
    {
        using var metrics = new ServiceMetrics(TimeProvider.System);
        using var worker = new RollupWorker(Storage.Database, metrics, TimeProvider.System, NullLogger.Instance);
        await using var other = Storage.Open();
        await using var connection = await other.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = Insert;
        await command.ExecuteNonQueryAsync(Token);
        await AddEventAsync(Now);

        await worker.CatchUpAsync(0, Token);
        Assert.Equal(0L, await Storage.ReadAsync("SELECT folded_through FROM platform_rollups WHERE name = 'events'"));
        Assert.False(await new OpenWrites(Storage.Database, TimeProvider.System).WaitAsync("platform_analytics_events", Token));

        await transaction.CommitAsync(Token);
        await worker.CatchUpAsync(0, Token);
        Assert.Equal(2L, await Storage.ReadAsync("SELECT folded_through FROM platform_rollups WHERE name = 'events'"));
        Assert.Equal(2, (await new DashboardStore(Storage.Database).ReadAsync(Now.AddDays(-1), null, Token)).TotalEvents);
    }

    [Fact]
    public async Task Wait_NobodyWrites_IsDoneAtOnce() =>
        Assert.True(await new OpenWrites(Storage.Database, TimeProvider.System).WaitAsync("platform_analytics_events", Token));
}
