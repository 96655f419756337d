using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Scenarios;

public sealed class MixTests
{
    [Fact]
    public async Task RunAsync_Weights_AreKeptTo()
    {
        var counts = new int[3];
        Func<ScenarioContext, ValueTask> Count(int which) => _ =>
        {
            counts[which]++;
            return ValueTask.CompletedTask;
        };
        var mix = new Mix(new Random(1), (7, Count(0)), (2.5, Count(1)), (0.5, Count(2)));

        for (var i = 0; i < 10_000; i++)
        {
            await mix.RunAsync(new ScenarioContext(null!, new ScenarioStatistics(), 0));
        }

        Assert.Equal(10_000, counts.Sum());
        Assert.InRange(counts[0], 6_800, 7_200);
        Assert.InRange(counts[1], 2_350, 2_650);
        Assert.InRange(counts[2], 400, 600);
    }
}
