using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>Memory of the service while it stores millions of events.</summary>
internal static class SoakBench
{
    private const int Connections = 8;
    private const int BatchSize = 500;
    private const int PhaseSeconds = 10;
    private const double MemoryGoal = 64;
    private const double GrowthGoal = 4;

    /// <summary>Stores so many events; 1 if memory goes over its bound or grows between the first tenth and the end.</summary>
    public static async Task<int> RunAsync(long events)
    {
        await using var server = new PostgresServer();
        await using var platform = await PlatformProcess.StartAsync(await server.CreateDatabaseAsync());
        var (stored, first, errors) = (0L, 0.0, 0L);
        while (stored < events)
        {
            var report = await new LoadOptions(platform.Port, Connections, PhaseSeconds, 0, BatchSize).RunAsync();
            stored += report.Stored;
            errors += report.Errors;
            var resident = ProcessFigures.ResidentMegabytes(platform.Id);
            first = first == 0 && stored >= events / 10 ? resident : first;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {stored,12:N0} events, {report.PerSecond,8:0}/s, {resident:0.0} MB"));
        }

        var goals = new GoalTable();
        GoalTable.WriteHead();
        goals.AtMost($"requests refused of {stored:N0} events", errors, 0);
        goals.AtMost("peak resident memory, MB", ProcessFigures.PeakMegabytes(platform.Id), MemoryGoal);
        goals.AtMost("growth since the first tenth, MB", Math.Max(0, ProcessFigures.ResidentMegabytes(platform.Id) - first), GrowthGoal);
        return goals.ExitCode;
    }
}
