using PyAirtable.Load.Statistics;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Tests.Thresholds;

public sealed class SaturationTests
{
    [Fact]
    public void Find_ThreeSlowIntervalsInARow_GivesTheRateBefore()
    {
        var found = Find(Of(1000, 5), Of(2000, 30), Of(2000, 5), Of(3000, 6), Of(4000, 40), Of(4000, 60), Of(4000, 90));

        Assert.Equal((3000, 40), (found.HeldRate, found.Broken!.P95));
    }

    [Fact]
    public void Find_FailuresBeyondTheShare_Break()
    {
        var failing = Results.Sample(1, 2000, 1990, 5, failed: 10);

        Assert.Same(failing, Find(Of(1000, 5), failing, failing, failing).Broken);
    }

    [Fact]
    public void Find_NothingIsAnsweredAnyMore_Breaks()
    {
        var silent = Results.Sample(1, 2000, 0, double.NaN);

        Assert.Equal(1000, Find(Of(1000, 5), silent, silent, silent).HeldRate);
    }

    [Fact]
    public void Find_AllHold_GivesTheHighestRate()
    {
        var found = Find(Of(1000, 5), Of(2000, 25));

        Assert.Equal((2000, null), (found.HeldRate, found.Broken));
    }

    private static Saturation Find(params Sample[] samples) => Saturation.Find(samples, Limits.Usual);

    private static Sample Of(double rate, double p95) => Results.Sample(1, rate, rate, p95);
}
