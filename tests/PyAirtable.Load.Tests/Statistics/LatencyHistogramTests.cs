using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Statistics;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_ThousandTimes_IsRightToThreeDigits()
    {
        var histogram = new LatencyHistogram();
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
        {
            histogram.Record(milliseconds * LoadClock.Millisecond);
        }

        Assert.Equal(1000, histogram.Count);
        foreach (var (percent, expected) in new[] { (50.0, 500.0), (95, 950), (99, 990), (99.9, 999), (100, 1000) })
        {
            Assert.InRange(histogram.Percentile(percent), expected, expected * 1.001);
        }
        Assert.InRange(histogram.Mean, 500, 501.5);
        Assert.InRange(histogram.Max, 1000, 1001);
    }

    [Fact]
    public void Record_OutOfRange_CountsAsTheEndOfTheRange()
    {
        var histogram = new LatencyHistogram();

        histogram.Record(-5);
        histogram.Record(3_600 * LoadClock.Second);

        Assert.InRange(histogram.Percentile(1), 0.001, 0.002);
        Assert.InRange(histogram.Max, 60_000, 60_060);
    }

    [Fact]
    public void Percentile_Empty_IsNoNumber()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1000);
        histogram.Reset();

        Assert.True(double.IsNaN(histogram.Percentile(50)) && double.IsNaN(histogram.Mean) && double.IsNaN(histogram.Max));
    }
}
