using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Slo;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Commands;

/// <summary>Runs one scenario on a system of its own and writes its reports.</summary>
internal static class ScenarioCommand
{
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(3);

    /// <summary>Runs it: 0 if its goals are met, 1 if not, 130 when it was ended early.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        var entry = ScenarioCatalog.Named(arguments.Command);
        var limits = SloLimits.Of(await SloFile.ReadAsync(arguments.Targets, cancel));
        var report = new BenchReport("load-" + entry.Name);
        var result = await MeasureAsync(loop, entry, arguments, limits, cancel);
        if (result.Interrupted)
        {
            return 130;
        }
        ScenarioGoals.Tell(report, result, limits);
        return report.Finish();
    }

    /// <summary>The same with the result.</summary>
    public static async Task<ScenarioResult> MeasureAsync(LoadLoop loop, CatalogEntry entry, Arguments arguments, SloLimits limits, CancellationToken cancel)
    {
        var connections = Math.Max(entry.Connections, entry.Name == "connections" ? (int)(arguments.Rate ?? 0) : 0);
        var (rate, during) = (arguments.Rate ?? entry.Rate, arguments.During ?? TimeSpan.FromSeconds(entry.Seconds));
        await using var system = await StartAsync(loop, arguments.System(entry.Name), connections);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Name}: {rate:0.#}{(entry.Name == "connections" ? "" : "/s")} for {during.TotalSeconds:0} s, {system.Description}"));
        var result = await MeasureAsync(loop, entry, rate, during, system, limits, cancel);
        var folder = await ReportFolder.WriteAsync(Path.Combine(arguments.Output, entry.Name), result);
        Console.Write(TextReport.Write(result));
        Console.WriteLine($"{folder}: {string.Join(", ", ReportFolder.Files)}");
        return result;
    }

    /// <summary>The same on a system that is there, without reports.</summary>
    public static async Task<ScenarioResult> MeasureAsync(LoadLoop loop, CatalogEntry entry, double rate, TimeSpan during, SystemUnderTest system, SloLimits limits, CancellationToken cancel)
    {
        var warmUp = during / 10 < LongestWarmUp ? during / 10 : LongestWarmUp;
        using var runner = new ScenarioRunner(entry.Build(loop, system, rate, during, limits).WithWarmUpDuration(warmUp), loop, system, cancel);
        return await runner.RunAsync();
    }

    /// <summary>The system that is asked for.</summary>
    public static async Task<SystemUnderTest> StartAsync(LoadLoop loop, SystemOptions options, int connections, params (string Name, string Value)[] settings) =>
        options.Url is { } url ? new RemoteSystem(loop, url, options.Key, connections) : await StartedSystem.StartAsync(loop, options, connections, settings);
}
