using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>How many events a second are stored and acknowledged, how soon, with how much processor and memory.</summary>
internal static class IngestionBench
{
    private const int Connections = 128;
    private const int BatchConnections = 8;
    private const int BatchSize = 100;
    private const int SingleGoal = 10_000;
    private const int BatchGoal = 25_000;
    private const double LatencyGoal = 25;
    private const double MemoryGoal = 64;
    private const double GrowthGoal = 8;

    /// <summary>Measures each load for so many seconds; 1 if a goal is missed.</summary>
    public static async Task<int> RunAsync(int seconds)
    {
        Console.WriteLine($"{seconds} s of each load; {Connections} connections with one event a request, {BatchConnections} with {BatchSize}; every event is on disk before it is acknowledged");
        var goals = new GoalTable();
        await using (var server = new PostgresServer())
        {
            var url = await server.CreateDatabaseAsync();
            await MeasureAsync("PostgreSQL", url, "", seconds, goals);
            using var redis = new RedisServer();
            await using var beside = await PlatformProcess.StartAsync(url, redis.Url(0));
            await RunAsync("PostgreSQL and Redis", beside, null, new LoadOptions(beside.Port, Connections, seconds, 0, 1));
        }

        await MeasureAsync("SQLite", "", "", seconds, goals);
        return goals.ExitCode;
    }

    private static async Task MeasureAsync(string engine, string url, string redis, int seconds, GoalTable goals)
    {
        await using var platform = await PlatformProcess.StartAsync(url, redis);
        await using var plain = url.Length > 0 ? new PlainPostgres(url) : null;
        LoadOptions Load(int connections, int rate, int events) => new(platform.Port, connections, seconds, rate, events);
        await Load(Connections, 0, 1).RunAsync(); // warm-up
        var half = await RunAsync(engine + ", half load", platform, plain, Load(Connections, SingleGoal / 2, 1));
        var singles = await RunAsync(engine + ", single", platform, plain, Load(Connections, 0, 1));
        var after = ProcessFigures.ResidentMegabytes(platform.Id);
        var batches = await RunAsync(engine + ", batch", platform, plain, Load(BatchConnections, 0, BatchSize));
        await RunAsync(engine + ", single again", platform, plain, Load(Connections, 0, 1));
        var end = ProcessFigures.ResidentMegabytes(platform.Id);
        GoalTable.WriteHead();
        goals.AtLeast($"{engine}: single events a second", singles.PerSecond, SingleGoal);
        goals.AtLeast($"{engine}: events a second in batches of {BatchSize}", batches.PerSecond, BatchGoal);
        goals.AtMost($"{engine}: p99 at {SingleGoal / 2} singles a second, ms", half.P99, LatencyGoal);
        goals.AtMost($"{engine}: peak resident memory, MB", ProcessFigures.PeakMegabytes(platform.Id), MemoryGoal);
        goals.AtMost($"{engine}: growth of it between two equal loads, MB", Math.Max(0, end - after), GrowthGoal);
        if (plain is not null)
        {
            var copied = await plain.CopyAsync(seconds);
            var inserted = await plain.InsertAsync(seconds);
            goals.AtLeast("batches beside half of plain COPY, events a second", batches.PerSecond, copied / 2);
            goals.AtLeast("singles beside a transaction each on 25 connections", singles.PerSecond, inserted);
        }
    }

    private static async Task<LoadReport> RunAsync(string name, PlatformProcess platform, PlainPostgres? plain, LoadOptions load)
    {
        var server = plain is null ? 0 : await plain.ServerAsync();
        double Server() => server == 0 ? 0 : ProcessFigures.CpuMicroseconds(server);
        var (ours, theirs) = (ProcessFigures.CpuMicroseconds(platform.Id), Server());
        var report = await load.RunAsync();
        (ours, theirs) = (ProcessFigures.CpuMicroseconds(platform.Id) - ours, Server() - theirs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-24} {report.PerSecond,8:0}/s  p50 {report.P50,6:0.0} ms  p99 {report.P99,6:0.0} ms  CPU {ours / report.Stored,6:0.0} µs an event, server {theirs / report.Stored,5:0.0}  {ProcessFigures.ResidentMegabytes(platform.Id),5:0.0} MB, most {ProcessFigures.PeakMegabytes(platform.Id),4:0.0}  {report.Errors} errors"));
        return report;
    }
}
