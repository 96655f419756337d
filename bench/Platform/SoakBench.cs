using System.Globalization;
using PyAirtable.Bench.Goals;
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

    /// <summary>Stores so many events; 1 if memory goes over its bound or grows in the second half.</summary>
    public static async Task<int> RunAsync(long events)
    {
        var found = new BenchReport("soak");
        await using var server = new PostgresServer();
        await using var platform = await PlatformProcess.StartAsync(await server.CreateDatabaseAsync());
        var (stored, half, errors) = (0L, 0.0, 0L);
        while (stored < events)
        {
            var report = await new LoadOptions(platform.Port, Connections, PhaseSeconds, 0, BatchSize).RunAsync();
            stored += report.Stored;
            errors += report.Errors;
            var resident = ProcessFigures.ResidentMegabytes(platform.Id);
            // The first half fills pools and the heap's generations.
            half = half == 0 && stored >= events / 2 ? resident : half;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {stored,12:N0} events, {report.PerSecond,8:0}/s, {resident:0.0} MB"));
        }

        found.None(string.Create(CultureInfo.InvariantCulture, $"requests refused while {stored:N0} events are stored"), errors);
        found.AtMost(string.Create(CultureInfo.InvariantCulture, $"resident memory, highest over {stored:N0} events"), ProcessFigures.PeakMegabytes(platform.Id), "MB", MemoryGoal);
        found.AtMost("growth of resident memory in the second half", Math.Max(0, ProcessFigures.ResidentMegabytes(platform.Id) - half), "MB", GrowthGoal);
        return found.Finish();
    }
}
