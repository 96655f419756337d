using PyAirtable.Load.Slo;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Tests.Slo;

public sealed class SloTableTests
{
    private static readonly SloTarget Rate = new("requests a second", "gateway", Threshold.AtLeast(Figure.PerSecond, 15_000));
    private static readonly SloTarget Time = new("P95", "day", Threshold.AtMost(Figure.P95, 25));

    [Fact]
    public void Passes_AllReached_IsTrue()
    {
        var table = Table(("gateway", Results.Of("gateway", Results.Step("all", perSecond: 15_290.5))), ("day", Results.Of100));

        Assert.True(table.Passes);
        Assert.Contains("| requests a second | gateway | ≥ 15,000 /s | 15,290.5 /s | pass |\n| P95 | day | ≤ 25 ms | 5 ms | pass |\n", table.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_OneMissed_IsFalse()
    {
        var table = Table(("gateway", Results.Of("gateway", Results.Step("all", perSecond: 14_000))), ("day", Results.Of100));

        Assert.False(table.Passes);
        Assert.Contains("14,000 /s  fall short", table.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_OneNotMeasured_IsFalse()
    {
        var table = Table(("day", Results.Of100));

        Assert.False(table.Passes);
        Assert.Equal("-", table.Rows[0].Measured);
    }

    private static SloTable Table(params (string Scenario, ScenarioResult Result)[] results) => new([Rate, Time], results.ToDictionary(entry => entry.Scenario, entry => entry.Result));
}
