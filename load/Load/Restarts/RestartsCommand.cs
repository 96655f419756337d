using System.Diagnostics;
using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Commands;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Slo;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Restarts;

/// <summary>Restarts each service again and again, one of its two processes after the other, under the day's mix: what clients see of it.</summary>
internal static class RestartsCommand
{
    private const int Restarts = 20;
    private const double DefaultRate = 300;
    private const int Connections = 128;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs it: 0 if no request failed.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        var limits = SloLimits.Of(await SloFile.ReadAsync(arguments.Targets, cancel));
        await using var system = await ReplicatedSystem.StartAsync(loop, Connections);
        var rate = arguments.Rate ?? DefaultRate;
        var scenario = ScenarioCatalog.Named("soak").Build(loop, system, rate, Longest, limits).WithThresholds();
        var result = await UnderLoad.RunAsync(scenario, loop, system, stop => RestartAsync(system, stop), cancel);
        await ReportFolder.WriteAsync(Path.Combine(arguments.Output, "restarts"), result);
        Console.Write(TextReport.Write(result));
        var report = new BenchReport("load-restarts");
        report.None(string.Create(CultureInfo.InvariantCulture, $"failed requests of {result.All.Ok + result.All.Failed:N0} while each of {system.Replicated.Count} × 2 processes is restarted, {Restarts} times a service"), result.All.Failed);
        report.Add("rate", rate, "/s");
        return report.Finish();
    }

    private static async Task RestartAsync(ReplicatedSystem system, CancellationToken cancel)
    {
        foreach (var (name, replicas) in system.Replicated)
        {
            for (var number = 1; number <= Restarts && !cancel.IsCancellationRequested; number++)
            {
                var began = Stopwatch.GetTimestamp();
                foreach (var replica in replicas)
                {
                    await replica.RestartAsync();
                    await Task.Delay(Rest, CancellationToken.None);
                }
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {number} of {Restarts}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
            }
        }
    }
}
