using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Sheets;

public sealed class SheetDateTests
{
    [Theory]
    [InlineData(45659, false, "2025-01-02 00:00:00")]
    [InlineData(45659 - 1462, true, "2025-01-02 00:00:00")]
    [InlineData(1, false, "1900-01-01 00:00:00")]
    [InlineData(60, false, "1900-02-28 00:00:00")]
    [InlineData(61, false, "1900-03-01 00:00:00")]
    [InlineData(45659.75, false, "2025-01-02 18:00:00")]
    [InlineData(0.75, false, "18:00:00")]
    [InlineData(0, false, "00:00:00")]
    [InlineData(0.5 + (0.25 / 86400), false, "12:00:00.250000")]
    [InlineData(-1e7, false, "NaN")]
    [InlineData(2_958_466, false, "NaN")]
    [InlineData(double.NaN, false, "NaN")]
    public void Of_Number_CountsDays(double number, bool isFrom1904, string expected) =>
        Assert.Equal(expected, SheetDate.Of(number, isFrom1904, SheetCellKind.Date).ToString());

    [Fact]
    public void Of_Duration_CountsOn() => Assert.Equal("1 days 12:00:00", SheetDate.Of(1.5, isFrom1904: false, SheetCellKind.Duration).ToString());
}
