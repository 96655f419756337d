using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Load.Comparison;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Systems;
using PyAirtable.Load.Upstream;
using PyAirtable.Testing;

namespace PyAirtable.Load.Commands;

/// <summary>The all-in-one and the Python baseline by turns, on one PostgreSQL server and before one stand-in for the upstreams. While one runs, the other does not.</summary>
internal static class CompareCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Runs it: 0 if all that the plan claims is reached.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, ComparisonOptions options, CancellationToken cancel)
    {
        var goals = new BenchReport("compare");
        var loadBefore = (await File.ReadAllTextAsync("/proc/loadavg", cancel)).Split(' ')[0];
        await using var postgres = new PostgresServer();
        await using var beside = new StartedProcesses(logFolder: null, core: null);
        var upstream = await beside.StartUpstreamAsync(StartedSystem.OwnKey);
        var rounds = new List<(SideFigures Ours, SideFigures Python)>();
        for (var number = 1; number <= options.Rounds; number++)
        {
            Task<SideFigures> Run(ComparedSide side) => RunAsync(loop, side, number, postgres, upstream, options.During, cancel);
            // Each begins as often as the other.
            if (number % 2 == 1)
            {
                rounds.Add((await Run(ComparedSide.Ours), await Run(ComparedSide.Python)));
            }
            else
            {
                var python = await Run(ComparedSide.Python);
                rounds.Add((await Run(ComparedSide.Ours), python));
            }
        }
        var sides = new SideBySide(rounds);
        var report = ComparisonReport.Write(sides, options, loadBefore);
        Directory.CreateDirectory(options.Output);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "report.md"), report, CancellationToken.None);
        await File.WriteAllBytesAsync(Path.Combine(options.Output, "report.json"), ComparisonJson.Write(sides, options, loadBefore), CancellationToken.None);
        Console.Write(report);
        Console.WriteLine($"\nreports: {options.Output}/report.md, .json");
        Claims.Tell(goals, sides, options.During);
        return goals.Finish();
    }

    private static async Task<SideFigures> RunAsync(LoadLoop loop, ComparedSide side, int round, PostgresServer postgres, UpstreamPorts upstream, TimeSpan during, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("compare-").FullName;
        try
        {
            var settings = new ServerSettings(StartedSystem.OwnKey, upstream, await postgres.CreateDatabaseAsync());
            string token;
            await using (var first = await ComparedServer.StartAsync(loop, side, settings, folder))
            {
                token = await ComparedRoutes.PrepareAsync(first);
            }
            await using var server = await ComparedServer.StartAsync(loop, side, settings, folder);
            await loop.DelayAsync(Rest);
            var idle = server.Megabytes();
            var routes = new Dictionary<string, RouteFigures>();
            foreach (var route in ComparedRoutes.All)
            {
                var scenario = Scenario.Create(route.Name, route.Iterate(loop, server, token)).WithWarmUpDuration(WarmUp).WithLoadSimulations(Simulation.KeepConstant(route.Copies, during));
                using var runner = new ScenarioRunner(scenario, loop, server, cancel);
                var result = await runner.RunAsync();
                cancel.ThrowIfCancellationRequested();
                var figures = routes[route.Name] = RouteFigures.Of(result);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}, {side.Name}, {route.Name}: {figures.PerSecond:0.0}/s, {figures.CpuSeconds:0.000} CPU s/1,000{string.Concat(result.All.Reasons.Select(reason => $", {reason.Value} times {reason.Key}"))}"));
            }
            return new SideFigures(server.StartMilliseconds, idle, server.PeakMegabytes(), routes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
