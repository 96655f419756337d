using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Sheets;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData("yyyy-mm-dd", nameof(SheetCellKind.Date))]
    [InlineData("d/m/yy h:mm", nameof(SheetCellKind.Date))]
    [InlineData("[h]:mm:ss", nameof(SheetCellKind.Duration))]
    [InlineData("[MM]", nameof(SheetCellKind.Duration))]
    [InlineData("mm:ss.0", nameof(SheetCellKind.Date))]
    [InlineData("[$-409]d\\-mmm\\-yy;@", nameof(SheetCellKind.Date))]
    [InlineData("h:mm AM/PM", nameof(SheetCellKind.Date))]
    [InlineData("General", nameof(SheetCellKind.Number))]
    [InlineData("0.00E+00", nameof(SheetCellKind.Number))]
    [InlineData("#,##0 \"days\"", nameof(SheetCellKind.Number))]
    [InlineData("#,##0\\d", nameof(SheetCellKind.Number))]
    [InlineData("[Red]0.0", nameof(SheetCellKind.Number))]
    [InlineData("0;[Red]\"yes\"d", nameof(SheetCellKind.Number))]
    [InlineData("@", nameof(SheetCellKind.Number))]
    [InlineData("\\", nameof(SheetCellKind.Number))]
    [InlineData("", nameof(SheetCellKind.Number))]
    public void KindOf_Format_TellsDatesFromNumbers(string format, string expected) => Assert.Equal(expected, NumberFormat.KindOf(format).ToString());

    [Theory]
    [InlineData(0, nameof(SheetCellKind.Number))]
    [InlineData(14, nameof(SheetCellKind.Date))]
    [InlineData(22, nameof(SheetCellKind.Date))]
    [InlineData(31, nameof(SheetCellKind.Date))]
    [InlineData(46, nameof(SheetCellKind.Duration))]
    [InlineData(49, nameof(SheetCellKind.Number))]
    public void KindOfBuiltIn_Number_TellsDatesFromNumbers(int id, string expected) => Assert.Equal(expected, NumberFormat.KindOfBuiltIn(id).ToString());
}
