using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Tests.Thresholds;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData(true, 15_000, true)]
    [InlineData(true, 14_999, false)]
    [InlineData(true, double.NaN, false)]
    [InlineData(false, 15_000, true)]
    [InlineData(false, 15_001, false)]
    [InlineData(false, double.NaN, false)]
    public void Check_Figure_IsOnTheRightSide(bool isLeast, double measured, bool passes) =>
        Assert.Equal(passes, new Threshold(Figure.PerSecond, 15_000, isLeast).Check(measured).Passes);

    [Fact]
    public void Check_Result_TakesItsFigure()
    {
        Assert.Equal(new Verdict(Threshold.AtMost(Figure.P95, 5), 5, true), Threshold.AtMost(Figure.P95, 5).Check(Results.Of100));
        Assert.Equal([10, 1.5, 5, 9, 99, 7, 50], Figure.All.Select(figure => figure.Of(Results.Of100)));
    }

    [Fact]
    public void Named_Unknown_SaysWhichThereAre() =>
        Assert.Contains("p95_ms", Assert.Throws<FormatException>(() => Figure.Named("p96_ms")).Message, StringComparison.Ordinal);
}
