using PyAirtable.Automation.TextExtraction.Spreadsheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Spreadsheets;

public sealed class DateFormatsTests
{
    [Theory]
    [InlineData("yyyy-mm-dd", true)]
    [InlineData("d/m/yy h:mm", true)]
    [InlineData("[h]:mm:ss", true)]
    [InlineData("mm:ss.0", true)]
    [InlineData("[$-409]d\\-mmm\\-yy;@", true)]
    [InlineData("h:mm AM/PM", true)]
    [InlineData("General", false)]
    [InlineData("0.00E+00", false)]
    [InlineData("#,##0 \"days\"", false)]
    [InlineData("#,##0\\d", false)]
    [InlineData("[Red]0.0", false)]
    [InlineData("@", false)]
    [InlineData("\"open", false)]
    [InlineData("[open", false)]
    [InlineData("\\", false)]
    [InlineData("", false)]
    public void IsDate_Format_TellsDatesFromNumbers(string format, bool expected) => Assert.Equal(expected, DateFormats.IsDate(format));

    [Fact]
    public void ToDate_Number_CountsDays()
    {
        Assert.Equal(new DateTime(2025, 1, 2), DateFormats.ToDate(45659, from1904: false));
        Assert.Equal(new DateTime(2025, 1, 2), DateFormats.ToDate(45659 - 1462, from1904: true));
        Assert.Equal(new DateTime(1900, 1, 1), DateFormats.ToDate(1, from1904: false));
        Assert.Equal(new DateTime(1900, 3, 1), DateFormats.ToDate(61, from1904: false));
        Assert.Equal(new DateTime(2025, 1, 2, 18, 0, 0), DateFormats.ToDate(45659.75, from1904: false));
    }

    [Theory]
    [InlineData(0.75, "18:00:00")]
    [InlineData(0, "00:00:00")]
    [InlineData(0.5 + (0.25 / 86400), "12:00:00.250000")]
    public void ToDate_LessThanADay_IsATime(double number, string expected) => Assert.Equal(expected, DateFormats.ToDate(number, from1904: false));

    [Theory]
    [InlineData(-1)]
    [InlineData(3e6)]
    [InlineData(double.NaN)]
    public void ToDate_OutsideOfTheCalendar_StaysANumber(double number) => Assert.Equal(number, DateFormats.ToDate(number, from1904: false));
}
