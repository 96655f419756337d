using System.Globalization;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Slo;

namespace PyAirtable.Load.Commands;

/// <summary>A short run of each scenario on one system, in which nothing may fail. Times say nothing on a machine that does other work, so they are not looked at.</summary>
internal static class SmokeCommand
{
    private const double Share = 0.05;
    private const double LeastRate = 20;
    private const int Connections = 512;
    private static readonly TimeSpan During = TimeSpan.FromSeconds(2);

    /// <summary>Runs it: 0 if <see cref="SmokeCheck"/> finds nothing.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        var limits = SloLimits.Of(await SloFile.ReadAsync(arguments.Targets, cancel));
        // Cheap hashes: accounts are made for each scenario.
        await using var system = await ScenarioCommand.StartAsync(loop, arguments.System("smoke"), Connections, ("PASSWORD_HASH_ROUNDS", "4"));
        var failed = false;
        foreach (var entry in ScenarioCatalog.All.TakeWhile(_ => !cancel.IsCancellationRequested))
        {
            var folder = Path.Combine(arguments.Output, "smoke", entry.Name);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
            var result = await ScenarioCommand.MeasureAsync(loop, entry, Math.Max(LeastRate, entry.Rate * Share), During, system, limits, cancel);
            await ReportFolder.WriteAsync(folder, result);
            var mistakes = SmokeCheck.Mistakes(result, folder).ToList();
            failed |= mistakes.Count > 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Name,-16} {result.All.Ok,6} good, {result.All.Failed} failed{string.Concat(mistakes.Select(mistake => ", " + mistake))}"));
        }
        Console.WriteLine(cancel.IsCancellationRequested ? "smoke: stopped" : failed ? "smoke: failed" : "smoke: pass");
        return cancel.IsCancellationRequested ? 130 : failed ? 1 : 0;
    }
}
