using System.Globalization;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>The columns of reports.</summary>
internal static class Columns
{
    /// <summary>Of a step: head, key in files, format, figure.</summary>
    public static readonly IReadOnlyList<(string Head, string Key, string Format, Func<StepResult, double> Of)> OfStep =
    [
        ("good", "ok", "0", static step => step.Ok),
        ("failed", "failed", "0", static step => step.Failed),
        ("success %", "success_percent", "0.###", static step => step.SuccessPercent),
        ("good/s", "per_second", "0.#", static step => step.PerSecond),
        ("mean ms", "mean_ms", "0.00", static step => step.Mean),
        ("p50 ms", "p50_ms", "0.00", static step => step.P50),
        ("p75 ms", "p75_ms", "0.00", static step => step.P75),
        ("p95 ms", "p95_ms", "0.00", static step => step.P95),
        ("p99 ms", "p99_ms", "0.00", static step => step.P99),
        ("p99.9 ms", "p999_ms", "0.00", static step => step.P999),
        ("max ms", "max_ms", "0.00", static step => step.Max),
        ("bytes", "bytes", "0", static step => step.Bytes),
    ];

    /// <summary>Of a sample: key in files, format, figure.</summary>
    public static readonly IReadOnlyList<(string Key, string Format, Func<Sample, double> Of)> OfSample =
    [
        ("second", "0.0", static sample => sample.Second),
        ("planned_per_second", "0.#", static sample => sample.Planned),
        ("good_per_second", "0.#", static sample => sample.PerSecond),
        ("failed_per_second", "0.#", static sample => sample.FailedPerSecond),
        ("p50_ms", "0.000", static sample => sample.P50),
        ("p95_ms", "0.000", static sample => sample.P95),
        ("p99_ms", "0.000", static sample => sample.P99),
        ("in_flight", "0", static sample => sample.InFlight),
        ("generator_cores", "0.000", static sample => sample.GeneratorCores),
        ("server_cores", "0.000", static sample => sample.ServerCores),
        ("upstream_cores", "0.000", static sample => sample.UpstreamCores),
        ("server_mb", "0.0", static sample => sample.ServerMegabytes),
    ];

    /// <summary>A figure; nothing where it could not be measured.</summary>
    public static string Text(double figure, string format) => double.IsFinite(figure) ? figure.ToString(format, CultureInfo.InvariantCulture) : "";
}
