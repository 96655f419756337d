using PyAirtable.Bench.Goals;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Slo;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Commands;

/// <summary>Measures all targets of <c>slo.json</c>, each scenario on a system of its own.</summary>
internal static class SloCommand
{
    /// <summary>Runs it: 0 if all targets are reached, 1 if not, 130 when it was ended early.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        var targets = await SloFile.ReadAsync(arguments.Targets, cancel);
        var limits = SloLimits.Of(targets);
        var report = new BenchReport("load-slo");
        var results = new Dictionary<string, ScenarioResult>();
        foreach (var scenario in targets.Select(target => target.Scenario).Distinct().TakeWhile(_ => !cancel.IsCancellationRequested))
        {
            results[scenario] = await ScenarioCommand.MeasureAsync(loop, ScenarioCatalog.Named(scenario), arguments, limits, cancel);
        }
        var table = new SloTable(targets, results);
        Console.WriteLine();
        var code = 130;
        if (!cancel.IsCancellationRequested)
        {
            table.Tell(report);
            code = report.Finish();
        }
        Console.Write(table.ToText());
        return code;
    }
}
