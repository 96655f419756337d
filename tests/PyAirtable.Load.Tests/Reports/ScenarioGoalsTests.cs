using PyAirtable.Bench.Goals;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Reports;

public sealed class ScenarioGoalsTests
{
    [Fact]
    public void Tell_Thresholds_AreGoals()
    {
        var report = Told(Results.Of100);

        Assert.Equal(["success, day, 99%, 99.9% (goal), 0.991, fall short", "P95, day, 5 ms, 25 ms (goal), 0.200, pass"], report.Goals.Select(goal => goal.ToString()));
        Assert.Contains(report.Figures, figure => figure is { Name: "CPU-seconds" } && figure.Value.StartsWith("generator 0.1, servers 0.2, stand-in for the upstreams elsewhere in 10 s", StringComparison.Ordinal));
    }

    [Fact]
    public void Tell_Stress_IsJudgedByTheRateThatWasHeld()
    {
        var report = Told(Of("stress", Results.Sample(1, 16_000, 16_000, 5), Results.Sample(2, 18_000, 17_000, 60), Results.Sample(3, 18_000, 17_000, 60), Results.Sample(4, 18_000, 17_000, 60)));

        Assert.Equal("rate held within the SLO, generator and upstream on the same cores, 16,000/s, 15,000/s (goal), 1.07, pass", report.Goals[^1].ToString());
        Assert.StartsWith("at 18000/s 17000/s were answered, P95 60.0 ms", Assert.Single(report.Figures, figure => figure.Name == "saturation").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_Spike_IsJudgedByWhatComesAfterIt()
    {
        var report = Told(Of("spike", Results.Sample(2, 300, 300, 4), Results.Sample(5, 3000, 3000, 90), Results.Sample(9, 300, 300, 6)));

        Assert.Equal("P95 in the last quarter, after the spike, 6 ms, 25 ms (goal), 0.240, pass", report.Goals[^1].ToString());
    }

    [Fact]
    public void Tell_Soak_IsJudgedByItsGrowth()
    {
        var report = Told(Of("soak", Results.Sample(1, 1, 1, 4) with { ServerMegabytes = 40 }, Results.Sample(4, 1, 1, 4) with { ServerMegabytes = 50 }, Results.Sample(9, 1, 1, 4) with { ServerMegabytes = 62.5 }));

        Assert.Equal("growth of the servers' memory over 0 h, from the second quarter to the last, 25%, 10% (goal), 2.50, fall short", report.Goals[^1].ToString());
    }

    private static ScenarioResult Of(string scenario, params Sample[] samples) => Results.Of(scenario, Results.Step("all"), samples);

    private static BenchReport Told(ScenarioResult result)
    {
        var report = new BenchReport("test");
        ScenarioGoals.Tell(report, result, Limits.Usual);
        return report;
    }
}
