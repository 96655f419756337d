using System.Xml.Linq;
using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Tests.Reports;

public sealed class LineChartTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.7, 0.2)]
    [InlineData(5, 1)]
    [InlineData(9, 2)]
    [InlineData(24, 5)]
    [InlineData(30_000, 10_000)]
    public void NiceStep_Highest_IsRound(double highest, double step) => Assert.Equal(step, LineChart.NiceStep(highest), 9);

    [Fact]
    public void Write_GapInALine_BreaksIt()
    {
        var chart = new LineChart("t", "seconds", [new Series("a", [(0, 1), (1, 2), (2, double.NaN), (3, 4), (4, 2)])]);

        var path = (string)XElement.Parse(chart.Write()).Descendants("path").Single().Attribute("d")!;

        Assert.Equal("MLML", string.Concat(path.Where(char.IsLetter)));
    }

    [Fact]
    public void Write_NothingMeasured_IsEmpty() => Assert.Equal("", new LineChart("t", "seconds", [new Series("a", [(0, double.NaN)])]).Write());
}
