using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Statistics;

public sealed class StepStatisticsTests
{
    [Fact]
    public void Result_GoodAndFailed_AreApart()
    {
        var statistics = new StepStatistics();
        statistics.Count(2 * LoadClock.Millisecond, Response.Ok(10));
        statistics.Count(4 * LoadClock.Millisecond, Response.Ok(20));
        statistics.Count(0, Response.Fail("status 500"));

        var result = statistics.Result("x", seconds: 2);

        Assert.Equal((2L, 1L, 1.0, 30L), (result.Ok, result.Failed, result.PerSecond, result.Bytes));
        Assert.InRange(result.P50, 2, 2.01);
        Assert.Equal(66.667, result.SuccessPercent, 3);
    }

    [Fact]
    public void Count_ManyReasons_AreBounded()
    {
        var statistics = new StepStatistics();
        for (var number = 0; number < 1000; number++)
        {
            statistics.Count(0, Response.Fail($"reason {number}"));
        }

        var reasons = statistics.Result("x", 1).Reasons;

        Assert.Equal(21, reasons.Count);
        Assert.Equal(1000, reasons.Values.Sum());
    }
}
