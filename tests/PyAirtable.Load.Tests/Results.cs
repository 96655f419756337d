using PyAirtable.Load.Statistics;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Tests;

/// <summary>Results as runs have them.</summary>
internal static class Results
{
    public static readonly ScenarioResult Of100 = Of("day", Step("all"));

    public static ScenarioResult Of(string scenario, StepResult all, params Sample[] samples)
    {
        var result = new ScenarioResult(
            scenario, "a system <here>", new DateTimeOffset(2025, 1, 15, 10, 30, 0, TimeSpan.Zero), 10, all, [Step("read, \"quick\""), Step("<write>")],
            [(50, 1.5), (99, 9), (100, 12)], samples.Length > 0 ? samples : [Sample(1, 10, 10, 2), Sample(2, 10, 9.5, 3)], 0.3, 0.9, 0,
            new ResourceUsage(0.1, 0.2, double.NaN, 40, 50), 7, false);
        return result with { Verdicts = [Threshold.AtLeast(Figure.Success, 99.9).Check(result), Threshold.AtMost(Figure.P95, 25).Check(result)] };
    }

    public static StepResult Step(string name, double p95 = 5, double perSecond = 10) =>
        new(name, 99, 1, perSecond, 2, 1.5, 3, p95, 9, 11, 12, 1234, new Dictionary<string, long> { ["status 503"] = 1 });

    public static Sample Sample(double second, double planned, double perSecond, double p95, double failed = 0) =>
        new(second, planned, perSecond, failed, p95 / 2, p95, p95 * 2, 1, 0.1, 0.2, double.NaN, 50);
}
