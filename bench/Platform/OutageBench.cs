using PyAirtable.Bench.Goals;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>Takes PostgreSQL, then Redis, away under load and brings it back.</summary>
internal static class OutageBench
{
    private const int Clients = 32;
    private const int Ok = 200;
    private const int Unavailable = 503;

    // The contract's answer to a registration that cannot be stored (platform contract 1.3).
    private static readonly (string Kind, int Status) NotRegistered = ("account", 500);

    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(4);

    /// <summary>1 if anything was lost, or answered otherwise than it should be.</summary>
    public static async Task<int> RunAsync()
    {
        var report = new BenchReport("outage");
        await using var server = new PostgresServer();
        var url = await server.CreateDatabaseAsync();
        using var redis = new RedisServer();
        await using var platform = await PlatformProcess.StartAsync(url, redis.Url(0), ("PASSWORD_HASH_ROUNDS", "4"));

        var database = await RunAsync("database", report, platform, server.StopAsync, server.StartAsync);
        var cache = await RunAsync("redis", report, platform, () => Task.Run(redis.Stop), () => Task.Run(redis.Start));

        await using var open = Open.Database(url);
        foreach (var (name, ledger) in new[] { ("PostgreSQL", database), ("Redis", cache) })
        {
            var (lost, twice) = await ledger.CompareAsync(sql => Open.ReadAsync(open, sql));
            report.None($"acknowledged writes that are lost, {name} away", lost);
            report.None($"writes that are there twice, {name} away", twice);
        }

        report.None("answers other than 200, 503 and 500 for accounts, PostgreSQL away", Other(database, entry => entry.Status == Unavailable || entry == NotRegistered));
        report.AtLeast("events answered 503, PostgreSQL away", database.Statuses.GetValueOrDefault(("event", Unavailable)), "", 1);
        report.None("answers other than 200, Redis away", Other(cache, static _ => false));
        return report.Finish();
    }

    private static async Task<WriteLedger> RunAsync(string name, BenchReport report, PlatformProcess platform, Func<Task> stop, Func<Task> start)
    {
        var ledger = new WriteLedger(name);
        using var end = new CancellationTokenSource();
        var writing = ledger.WriteAsync(platform.Address, Clients, end.Token);
        await Task.Delay(Phase);
        await stop();
        await Task.Delay(Phase);
        var before = ledger.Acknowledged;
        await start();
        await Task.Delay(Phase);
        report.Add($"writes acknowledged until the {name} came back, and in the {Phase.TotalSeconds} s after", $"{before}, {ledger.Acknowledged - before}");
        report.Add($"answers with the {name} away", string.Join(", ", ledger.Statuses.Select(entry => $"{entry.Value} × {entry.Key.Kind} {entry.Key.Status}")));
        await end.CancelAsync();
        await writing;
        return ledger;
    }

    private static int Other(WriteLedger ledger, Func<(string Kind, int Status), bool> expected) =>
        ledger.Statuses.Where(entry => entry.Key.Status != Ok && !expected(entry.Key)).Sum(entry => entry.Value);
}
