using System.Globalization;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Commands;

/// <summary>Runs one scenario on a system of its own and writes its reports.</summary>
internal static class ScenarioCommand
{
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(3);

    /// <summary>Runs it: 0 if its thresholds hold, 1 if not, 130 when it was ended early.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        var result = await MeasureAsync(loop, ScenarioCatalog.Named(arguments.Command), arguments, cancel);
        return result.Interrupted ? 130 : result.Passes ? 0 : 1;
    }

    /// <summary>The same with the result.</summary>
    public static async Task<ScenarioResult> MeasureAsync(LoadLoop loop, CatalogEntry entry, Arguments arguments, CancellationToken cancel)
    {
        var connections = Math.Max(entry.Connections, entry.Name == "connections" ? (int)(arguments.Rate ?? 0) : 0);
        var (rate, during) = (arguments.Rate ?? entry.Rate, arguments.During ?? TimeSpan.FromSeconds(entry.Seconds));
        await using var system = await StartAsync(loop, arguments.System(entry.Name), connections);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Name}: {rate:0.#}{(entry.Name == "connections" ? "" : "/s")} for {during.TotalSeconds:0} s, {system.Description}"));
        var result = await MeasureAsync(loop, entry, rate, during, system, cancel);
        var folder = await ReportFolder.WriteAsync(Path.Combine(arguments.Output, entry.Name), result);
        Console.Write(TextReport.Write(result));
        if (entry.Name == "stress")
        {
            Console.WriteLine(Describe(Saturation.Find(result.Samples, ScenarioCatalog.EndToEnd.Limit, ScenarioCatalog.Success.Limit)));
        }
        Console.WriteLine($"reports: {folder}/report.html, .md, .json, steps.csv, samples.csv");
        return result;
    }

    /// <summary>The same on a system that is there, without reports.</summary>
    public static async Task<ScenarioResult> MeasureAsync(LoadLoop loop, CatalogEntry entry, double rate, TimeSpan during, SystemUnderTest system, CancellationToken cancel)
    {
        var warmUp = during / 10 < LongestWarmUp ? during / 10 : LongestWarmUp;
        using var runner = new ScenarioRunner(entry.Build(loop, system, rate, during).WithWarmUpDuration(warmUp), loop, system, cancel);
        return await runner.RunAsync();
    }

    /// <summary>The system that is asked for.</summary>
    public static async Task<SystemUnderTest> StartAsync(LoadLoop loop, SystemOptions options, int connections, params (string Name, string Value)[] settings) =>
        options.Url is { } url ? new RemoteSystem(loop, url, options.Key, connections) : await StartedSystem.StartAsync(loop, options, connections, settings);

    private static string Describe(Saturation found) => found.Broken is { } broken
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"saturation: {found.HeldRate:0}/s were held; at {broken.Planned:0}/s {broken.PerSecond:0}/s were answered, p95 {broken.P95:0.0} ms, {broken.FailedPerSecond:0}/s failed; cores: generator {broken.GeneratorCores:0.00}, servers {broken.ServerCores:0.00}, upstream {broken.UpstreamCores:0.00} of {Environment.ProcessorCount}")
        : string.Create(CultureInfo.InvariantCulture, $"saturation: not reached; {found.HeldRate:0}/s were held");
}
