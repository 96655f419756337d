using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Statistics;

public sealed class ScenarioStatisticsTests
{
    [Fact]
    public void Count_Steps_AreCountedByNameAndTogether()
    {
        var statistics = new ScenarioStatistics();
        statistics.Count("b", 1000, Response.Ok());
        statistics.Count("a", 1000, Response.Ok());
        statistics.Count("b", 1000, Response.Fail("x"));

        Assert.Equal([("a", 1L, 0L), ("b", 1L, 1L)], statistics.Results(1).Select(step => (step.Name, step.Ok, step.Failed)));
        Assert.Equal((2L, 1L), (statistics.All.Result("all", 1).Ok, statistics.Interval.Result("all", 1).Failed));
    }

    [Fact]
    public void CountUnfinished_UnderWay_CountAsFailed()
    {
        var statistics = new ScenarioStatistics { InFlight = 3 };

        statistics.CountUnfinished();

        Assert.Equal(3, statistics.All.Result("all", 1).Reasons["did not end"]);
    }

    [Fact]
    public void CountOverload_Iteration_CountsAsFailed()
    {
        var statistics = new ScenarioStatistics();

        statistics.CountOverload();

        Assert.Equal((1L, 1L), (statistics.Overload, statistics.All.Result("all", 1).Failed));
    }
}
