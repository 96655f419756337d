using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Scenarios;

public sealed class ScenarioContextTests
{
    [Fact]
    public void TakeDue_FirstStep_IsDueWithTheIterationLaterOnesNow()
    {
        var context = new ScenarioContext(null!, new ScenarioStatistics(), due: 42);

        Assert.Equal(42, context.TakeDue());
        var before = LoadClock.Now;
        Assert.InRange(context.TakeDue(), before, LoadClock.Now);
    }

    [Fact]
    public void ThinkAsync_NextStep_IsDueWhenTheTimeEnds() => LoadLoop.Run(async loop =>
    {
        var context = new ScenarioContext(loop, new ScenarioStatistics(), due: 42);
        var before = LoadClock.Now;

        await context.ThinkAsync(TimeSpan.FromMilliseconds(3));

        Assert.InRange(context.TakeDue(), before + (3 * LoadClock.Millisecond), LoadClock.Now);
        return 0;
    });
}
