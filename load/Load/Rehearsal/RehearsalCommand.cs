using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Load.Commands;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Simulations;

namespace PyAirtable.Load.Rehearsal;

/// <summary>A cutover from the Python baseline to our services under steady load: shadow, weights, a fault, the guard, forward again, back.</summary>
internal static class RehearsalCommand
{
    private const double DefaultRate = 60;
    private const int Connections = 64;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>Runs it: 0 if clients saw nothing but the first second of the fault, and both sides answered the same.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        await using var system = await RehearsalSystem.StartAsync(loop, Connections);
        using var sides = new BothSides(system.Gateway);
        var traffic = new ClientTraffic(system);
        await traffic.PrepareAsync(sides);
        var report = new BenchReport("load-rehearsal");
        using var operation = new CutoverOperation(system, sides, traffic, report, arguments.During ?? TimeSpan.FromSeconds(5));
        var rate = arguments.Rate ?? DefaultRate;
        var scenario = Scenario.Create("rehearsal", traffic.Mix.RunAsync).WithWarmUpDuration(TimeSpan.FromSeconds(2)).WithLoadSimulations(Simulation.Inject(rate, TimeSpan.FromSeconds(1), Longest));
        var result = await UnderLoad.RunAsync(scenario, loop, system, operation.RunAsync, cancel);
        await ReportFolder.WriteAsync(Path.Combine(arguments.Output, "rehearsal"), result);
        Console.Write(TextReport.Write(result));
        var failures = traffic.Failures;
        report.None(string.Create(CultureInfo.InvariantCulture, $"failed requests of {result.All.Ok + result.All.Failed:N0} but in the first second of the fault"), failures.Count(failure => !operation.IsOfFault(failure.At)));
        report.Add("failed in the first second of the fault", failures.Count(failure => operation.IsOfFault(failure.At)), "");
        report.Add("rate", rate, "/s");
        foreach (var failure in failures.Where(failure => !operation.IsOfFault(failure.At)).GroupBy(failure => failure.What))
        {
            report.Add(failure.Key, failure.Count(), "");
        }
        return report.Finish();
    }
}
