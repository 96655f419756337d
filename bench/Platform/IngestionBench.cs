using System.Globalization;
using PyAirtable.Bench.Goals;
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

    // Single events a second that the Python service stores, measured on the same kind of machine before it was replaced.
    private const double PythonEvents = 306;

    /// <summary>Measures each load for so many seconds; 1 if a goal is missed.</summary>
    public static async Task<int> RunAsync(int seconds)
    {
        var report = new BenchReport("ingestion");
        Console.WriteLine($"{seconds} s of each load; {Connections} connections with one event a request, {BatchConnections} with {BatchSize}; every event is on disk before it is acknowledged");
        await using (var server = new PostgresServer())
        {
            var url = await server.CreateDatabaseAsync();
            await MeasureAsync("PostgreSQL", url, "", seconds, report);
            using var redis = new RedisServer();
            await using var beside = await PlatformProcess.StartAsync(url, redis.Url(0));
            await RunAsync(report, "PostgreSQL and Redis, single", beside, null, new LoadOptions(beside.Port, Connections, seconds, 0, 1));
        }

        await MeasureAsync("SQLite", "", "", seconds, report);
        return report.Finish();
    }

    private static async Task MeasureAsync(string engine, string url, string redis, int seconds, BenchReport report)
    {
        await using var platform = await PlatformProcess.StartAsync(url, redis);
        await using var plain = url.Length > 0 ? new PlainPostgres(url) : null;
        LoadOptions Load(int connections, int rate, int events) => new(platform.Port, connections, seconds, rate, events);
        await Load(Connections, 0, 1).RunAsync(); // warm-up
        var half = await RunAsync(report, engine + ", half load", platform, plain, Load(Connections, SingleGoal / 2, 1));
        var singles = await RunAsync(report, engine + ", single", platform, plain, Load(Connections, 0, 1));
        var after = ProcessFigures.ResidentMegabytes(platform.Id);
        var batches = await RunAsync(report, engine + ", batch", platform, plain, Load(BatchConnections, 0, BatchSize));
        await RunAsync(report, engine + ", single again", platform, plain, Load(Connections, 0, 1));
        var end = ProcessFigures.ResidentMegabytes(platform.Id);
        report.AtLeast($"single events a second, {engine}", singles.PerSecond, "/s", SingleGoal);
        report.AtLeast($"events a second in batches of {BatchSize}, {engine}", batches.PerSecond, "/s", BatchGoal);
        report.AtMost($"p99 of an acknowledgement at {SingleGoal / 2:N0} single events a second, {engine}", half.P99, "ms", LatencyGoal);
        report.AtMost($"resident memory under all loads, highest, {engine}", ProcessFigures.PeakMegabytes(platform.Id), "MB", MemoryGoal);
        report.AtMost($"growth of resident memory between two equal loads, {engine}", Math.Max(0, end - after), "MB", GrowthGoal);
        report.Add($"single events a second beside the Python service's {PythonEvents}, {engine}", singles.PerSecond / PythonEvents, "times");
        if (plain is not null)
        {
            report.AtLeast($"events a second in batches of {BatchSize}, {engine}, beside the limit", batches.PerSecond, "/s", await plain.CopyAsync(seconds), "plain COPY", 0.5);
            report.AtLeast($"single events a second, {engine}, beside the naive way", singles.PerSecond, "/s", await plain.InsertAsync(seconds), "a transaction each");
        }
    }

    private static async Task<LoadReport> RunAsync(BenchReport report, string name, PlatformProcess platform, PlainPostgres? plain, LoadOptions load)
    {
        var server = plain is null ? 0 : await plain.ServerAsync();
        double Server() => server == 0 ? 0 : ProcessFigures.CpuMicroseconds(server);
        var (ours, theirs) = (ProcessFigures.CpuMicroseconds(platform.Id), Server());
        var seen = await load.RunAsync();
        (ours, theirs) = (ProcessFigures.CpuMicroseconds(platform.Id) - ours, Server() - theirs);
        report.Add(name, string.Create(CultureInfo.InvariantCulture,
            $"{seen.PerSecond:N0}/s, p50 {seen.P50:0.0} ms, p99 {seen.P99:0.0} ms, CPU {ours / seen.Stored:0.0} µs an event, of the server {theirs / seen.Stored:0.0}, {ProcessFigures.ResidentMegabytes(platform.Id):0.0} MB, most {ProcessFigures.PeakMegabytes(platform.Id):0.0}, {seen.Errors} errors"));
        return seen;
    }
}
