using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Load.Slo;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Reports;

/// <summary>What a scenario is judged by, as goals: its thresholds, and what is asked of some scenarios beside them.</summary>
internal static class ScenarioGoals
{
    // What a database grows by, and caches that fill, are no leak.
    private const double GrowthPercent = 10;

    private const double Quarter = 0.25;

    /// <summary>Tells them.</summary>
    /// <param name="report">Where.</param>
    /// <param name="result">The run.</param>
    /// <param name="limits">What all scenarios are judged by.</param>
    public static void Tell(BenchReport report, ScenarioResult result, SloLimits limits)
    {
        foreach (var verdict in result.Verdicts)
        {
            Tell(report, $"{verdict.Threshold.Figure.Title}, {result.Scenario}", verdict.Threshold, verdict.Measured);
        }
        switch (result.Scenario)
        {
            case "stress":
                Saturate(report, Saturation.Find(result.Samples, limits), limits);
                break;
            case "spike":
                Tell(report, "P95 in the last quarter, after the spike", limits.EndToEnd, InQuarter(result, 3, sample => sample.P95));
                break;
            case "soak":
                var growth = (InQuarter(result, 3, sample => sample.ServerMegabytes) / InQuarter(result, 1, sample => sample.ServerMegabytes)) - 1;
                report.AtMost(string.Create(CultureInfo.InvariantCulture, $"growth of the servers' memory over {result.Seconds / 3600:0.##} h, from the second quarter to the last"), growth * 100, "%", GrowthPercent);
                break;
        }
        report.Add("good steps", result.All.PerSecond, "/s");
        report.Add("P50", result.All.P50, "ms");
        report.Add("P95", result.All.P95, "ms");
        report.Add("P99", result.All.P99, "ms");
        report.Add("CPU-seconds", Processors(result));
        report.Add("highest memory of the servers", result.Usage.PeakMegabytes, "MB");
    }

    /// <summary>A threshold as a goal.</summary>
    public static void Tell(BenchReport report, string goal, Threshold threshold, double measured)
    {
        if (threshold.IsLeast)
        {
            report.AtLeast(goal, measured, threshold.Figure.Unit, threshold.Limit);
        }
        else
        {
            report.AtMost(goal, measured, threshold.Figure.Unit, threshold.Limit);
        }
    }

    /// <summary>What processors gave for a run: "generator 12.1, servers 18.2, stand-in for the upstreams 6.0 in 30 s on 2 cores".</summary>
    public static string Processors(ScenarioResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"generator {result.Usage.GeneratorSeconds:0.0}, servers {Text(result.Usage.ServerSeconds)}, stand-in for the upstreams {Text(result.Usage.UpstreamSeconds)} in {result.Seconds:0} s on {Environment.ProcessorCount} cores");

    private static void Saturate(BenchReport report, Saturation found, SloLimits limits)
    {
        report.AtLeast("rate held within the SLO, generator and upstream on the same cores", found.HeldRate, "/s", limits.Rate.Limit);
        report.Add("saturation", found.Broken is { } broken
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"at {broken.Planned:0}/s {broken.PerSecond:0}/s were answered, P95 {broken.P95:0.0} ms, {broken.FailedPerSecond:0}/s failed; cores: generator {broken.GeneratorCores:0.00}, servers {Text(broken.ServerCores, "0.00")}, stand-in for the upstreams {Text(broken.UpstreamCores, "0.00")} of {Environment.ProcessorCount}")
            : "not reached");
    }

    // The median of a figure in a quarter of the run, from 0; NaN without a sample in it.
    private static double InQuarter(ScenarioResult result, int quarter, Func<Sample, double> figure) => Quantile.Median(
        result.Samples.Where(sample => sample.Second > result.Seconds * quarter * Quarter && sample.Second <= result.Seconds * (quarter + 1) * Quarter).Select(figure));

    private static string Text(double figure, string format = "0.0") => double.IsNaN(figure) ? "elsewhere" : figure.ToString(format, CultureInfo.InvariantCulture);
}
