using PyAirtable.Bench.Goals;
using PyAirtable.Load.Slo;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Thresholds;
using Figure = PyAirtable.Load.Thresholds.Figure;

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
        Assert.Contains("≥ 15,000 /s  15,290.5 /s  pass\n", table.ToText(), StringComparison.Ordinal);
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

    [Fact]
    public void Tell_Rate_SaysWhatGeneratorAndServersTook()
    {
        var report = new BenchReport("test");

        Table(("gateway", Results.Of("gateway", Results.Step("all", perSecond: 14_000)))).Tell(report);

        Assert.Matches(@"^requests a second \(gateway; CPU-seconds: generator 0.1, servers 0.2, stand-in for the upstreams elsewhere in 10 s on \d+ cores\), 14,000/s, 15,000/s \(goal\), 0.933, fall short$", report.Goals[0].ToString());
        Assert.Equal("P95 (day), -, 25 ms (goal), -, fall short", report.Goals[1].ToString());
    }

    private static SloTable Table(params (string Scenario, ScenarioResult Result)[] results) => new([Rate, Time], results.ToDictionary(entry => entry.Scenario, entry => entry.Result));
}
