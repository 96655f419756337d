using PyAirtable.Load.Catalog;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Commands;

/// <summary>A short run of each scenario on one system, in which nothing may fail. Times say nothing on a machine that does other work, so they are not looked at.</summary>
internal static class SmokeCommand
{
    private const double Seconds = 2;
    private const double Share = 0.05;
    private const int Connections = 512;

    /// <summary>Runs it: 0 if nothing failed.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        // Cheap hashes: accounts are made for each scenario.
        await using var system = await ScenarioCommand.StartAsync(loop, arguments.System("smoke"), Connections, ("PASSWORD_HASH_ROUNDS", "4"));
        var failures = new List<string>();
        foreach (var entry in ScenarioCatalog.All.TakeWhile(_ => !cancel.IsCancellationRequested))
        {
            var shortened = arguments with { Rate = Math.Max(20, entry.Rate * Share), During = TimeSpan.FromSeconds(Seconds), Output = Path.Combine(arguments.Output, "smoke") };
            var result = await ScenarioCommand.MeasureAsync(loop, entry, shortened, system, cancel);
            if (result.All is { Failed: > 0 } or { Ok: 0 })
            {
                failures.Add($"{entry.Name}: {result.All.Ok} good, {result.All.Failed} failed {Reasons(result.All)}");
            }
        }
        failures.ForEach(Console.WriteLine);
        Console.WriteLine(cancel.IsCancellationRequested ? "smoke: stopped" : failures.Count == 0 ? "smoke: pass" : "smoke: failed");
        return cancel.IsCancellationRequested ? 130 : failures.Count == 0 ? 0 : 1;
    }

    private static string Reasons(StepResult all) => string.Join(", ", all.Reasons.Select(reason => $"({reason.Value} times {reason.Key})"));
}
