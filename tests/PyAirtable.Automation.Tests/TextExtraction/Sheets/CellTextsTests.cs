using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Sheets;

public sealed class CellTextsTests
{
    [Fact]
    public void Add_TextsOfAllLengths_KeepsEach()
    {
        var texts = new CellTexts();
        string[] given = [.. Enumerable.Range(1, 300).Select(static i => new string((char)('a' + (i % 26)), i * i % 50_000)), "ü😀", new string('ü', 200_000)];
        SheetCell[] cells = [.. given.Select(texts.Add)];

        Assert.Equal(given, cells.Select(texts.ToString));
        Assert.Equal(given.Sum(static text => text.Length), texts.Units);
    }

    [Theory]
    [InlineData("text", false, true, false)]
    [InlineData("NaN", true, true, false)]
    [InlineData("#N/A N/A", true, true, false)]
    [InlineData("Nü", false, false, false)]
    [InlineData("a\nb", false, true, true)]
    [InlineData("ü\t", false, false, true)]
    [InlineData("\r", false, true, true)]
    public void Add_Text_KnowsWhatIsAskedOfIt(string text, bool isMissing, bool isAscii, bool hasBreak)
    {
        var cell = new CellTexts().Add(text);

        Assert.Equal((SheetCellKind.Text, isMissing, isMissing, isAscii, hasBreak), (cell.Kind, cell.IsMissing, cell.Text.IsMissing, cell.Text.IsAscii, cell.Text.HasBreak));
    }

    [Fact]
    public void Add_EmptyText_IsAnEmptyCell() => Assert.Equal(default, new CellTexts().Add(""));

    [Fact]
    public void Add_TooMuchText_Throws()
    {
        var texts = new CellTexts();
        var half = new byte[ExtractionLimits.MaxCharacters];
        texts.Add(half);
        texts.Add(half);

        Assert.Equal(ExtractionLimits.TooMuchText, Assert.Throws<ExtractionLimitException>(() => texts.Add("x")).Message);
        Assert.Throws<ExtractionLimitException>(() => new CellTexts().Add(new byte[ExtractionLimits.MaxCharacters + 1]));
    }

    [Fact]
    public void ToString_OtherCells_IsPythonsText() => Assert.Equal(
        ("1", "0.5", "True", "2025-01-02 00:00:00", "NaN", ""),
        (Text(SheetCell.OfNumber(1)), Text(SheetCell.OfNumber(0.5)), Text(SheetCell.OfBoolean(true)), Text(SheetCell.OfDate(new DateTime(2025, 1, 2))), Text(SheetCell.Error), Text(default)));

    private static string Text(SheetCell cell) => new CellTexts().ToString(cell);
}
