using System.Globalization;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Commands;

/// <summary>A short run of each scenario on one system, in which nothing may fail. Times say nothing on a machine that does other work, so they are not looked at.</summary>
internal static class SmokeCommand
{
    private const double Share = 0.05;
    private const double LeastRate = 20;
    private const int Connections = 512;
    private static readonly TimeSpan During = TimeSpan.FromSeconds(2);

    /// <summary>Runs it: 0 if nothing failed.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        // Cheap hashes: accounts are made for each scenario.
        await using var system = await ScenarioCommand.StartAsync(loop, arguments.System("smoke"), Connections, ("PASSWORD_HASH_ROUNDS", "4"));
        var failed = false;
        foreach (var entry in ScenarioCatalog.All.TakeWhile(_ => !cancel.IsCancellationRequested))
        {
            var result = await ScenarioCommand.MeasureAsync(loop, entry, Math.Max(LeastRate, entry.Rate * Share), During, system, cancel);
            await ReportFolder.WriteAsync(Path.Combine(arguments.Output, "smoke", entry.Name), result);
            failed |= result.All is { Failed: > 0 } or { Ok: 0 };
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{entry.Name,-16} {result.All.Ok,6} good, {result.All.Failed} failed{string.Concat(result.All.Reasons.Select(reason => $", {reason.Value} times {reason.Key}"))}"));
        }
        Console.WriteLine(cancel.IsCancellationRequested ? "smoke: stopped" : failed ? "smoke: failed" : "smoke: pass");
        return cancel.IsCancellationRequested ? 130 : failed ? 1 : 0;
    }
}
