using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Retention;
using PyAirtable.Platform.Rollups;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

/// <summary>The figures with roll-ups are those of the rows, whatever part of the rows the roll-ups have.</summary>
public abstract class DashboardStoreTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    private readonly record struct Row(DateTime Time, int? User, double Calls, string? Endpoint);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_RandomRowsAndRollUps_AreTheFiguresOfTheRows(int seed)
    {
        var random = new Random(seed);
        using var metrics = new ServiceMetrics(TimeProvider.System);
        using var rollups = new RollupWorker(Storage.Database, metrics, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        List<Row> rows = [];
        var store = new DashboardStore(Storage.Database);
        for (var round = 0; round < 6; round++)
        {
            await AddAsync(random, rows);
            await CompareAsync(random, rows, store);
            // Between the roll-up and the rows there is now nothing, or what one more round adds.
            await rollups.CatchUpAsync(random.Next(2) == 0 ? 0 : 150, Token);
            await CompareAsync(random, rows, store);
        }

        await DeleteOldAsync(rows, metrics);
        await CompareAsync(random, rows, store);
        await rollups.CatchUpAsync(0, Token);
        await CompareAsync(random, rows, store);
    }

    private async Task AddAsync(Random random, List<Row> rows)
    {
        for (var i = 0; i < 40; i++)
        {
            var time = Time(random);
            Row row = new(time, random.Next(4) == 0 ? null : random.Next(12), random.Next(-20, 100) / 8.0, random.Next(4) == 0 ? null : "/" + random.Next(8));
            rows.Add(row);
            await AddEventAsync(time, "type" + random.Next(3), row.User);
            await AddMetricAsync(time, value: row.Calls.ToString(System.Globalization.CultureInfo.InvariantCulture), endpoint: row.Endpoint);
        }
    }

    // Late and future ones too, many on the edges of buckets and days.
    private static DateTime Time(Random random)
    {
        var time = Now.AddMinutes(random.Next(-3_000, 100)).AddMicroseconds(random.Next(60_000_000));
        return random.Next(6) switch
        {
            0 => Buckets.Ceiling(time),
            1 => Buckets.Ceiling(time).AddMicroseconds(-1),
            2 => Buckets.DayCeiling(time),
            3 => Buckets.DayCeiling(time).AddMicroseconds(-1),
            _ => time,
        };
    }

    private static async Task CompareAsync(Random random, List<Row> rows, DashboardStore store)
    {
        for (var i = 0; i < 8; i++)
        {
            var start = i == 0 ? Now.AddYears(-1) : random.Next(3) == 0 ? rows[random.Next(rows.Count)].Time : Time(random);
            var within = rows.Where(row => row.Time >= start).ToList();
            var figures = await store.ReadAsync(start, null, Token);

            Assert.Equal(within.Count, figures.TotalEvents);
            Assert.Equal(within.Where(row => row.User is not null).Select(row => row.User).Distinct().Count(), figures.ActiveUsers);
            Assert.Equal(within.Sum(row => row.Calls), figures.ApiCalls);
            var endpoints = within.Where(row => row.Endpoint is not null).GroupBy(row => row.Endpoint!)
                .Select(group => (group.Key, (long)group.Count())).OrderByDescending(group => group.Item2).ThenBy(group => group.Key, StringComparer.Ordinal).Take(5);
            Assert.Equal(endpoints, figures.TopEndpoints.Select(entry => (entry.Endpoint, entry.Count)));
        }
    }

    private async Task DeleteOldAsync(List<Row> rows, ServiceMetrics metrics)
    {
        using var retention = new RetentionWorker(new(true, 1), Storage.Database, metrics, new ManualTime(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var before = Now.AddDays(-1).Date;
        var old = rows.RemoveAll(row => row.Time < before);

        Assert.Equal(2 * old, await retention.DeleteAsync(Token));
    }
}
