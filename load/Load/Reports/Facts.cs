using System.Globalization;
using System.Runtime.InteropServices;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>What is said of a run beside its tables, a line each.</summary>
internal static class Facts
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(ScenarioResult result)
    {
        var usage = result.Usage;
        yield return Line($"Against {result.System}; {result.Started:yyyy-MM-dd HH:mm} UTC, {result.Seconds:0.0} s; {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.OSDescription}.");
        yield return Line($"Generator: {usage.GeneratorSeconds:0.00} processor seconds ({Each(usage.GeneratorSeconds, result)} µs a step), {usage.GeneratorMegabytes:0.0} MB, {result.Connections} connections.");
        if (!double.IsNaN(usage.ServerSeconds))
        {
            yield return Line($"Servers: {usage.ServerSeconds:0.00} processor seconds ({Each(usage.ServerSeconds, result)} µs a step), at most {usage.PeakMegabytes:0.0} MB. Stand-in for the upstreams: {usage.UpstreamSeconds:0.00} processor seconds ({Each(usage.UpstreamSeconds, result)} µs a step).");
        }
        foreach (var service in usage.Services)
        {
            yield return Line($"Service {service.Name}: {service.CpuSeconds:0.00} processor seconds for {service.Requests} requests ({service.CpuSeconds * 1e6 / Math.Max(1, service.Requests):0.0} µs each), at most {service.PeakMegabytes:0.0} MB resident.");
        }
        if (!double.IsNaN(result.LatenessP99))
        {
            yield return Line($"Iterations were begun at most {result.LatenessMax:0.00} ms late, 99% of them within {result.LatenessP99:0.00} ms; {result.Overload} were not begun, since too many were under way.");
        }
        foreach (var (reason, times) in result.All.Reasons.OrderByDescending(reason => reason.Value))
        {
            yield return Line($"Failed {times} times: {reason}.");
        }
        if (result.Interrupted)
        {
            yield return "Ended early.";
        }
    }

    private static string Each(double seconds, ScenarioResult result) => Columns.Text(seconds * 1e6 / Math.Max(1, result.All.Ok + result.All.Failed), "0.0");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
