using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Sheets;

public sealed class SheetCellsTests
{
    private static readonly SheetCell One = SheetCell.OfNumber(1);

    [Fact]
    public void Put_CellsWithGaps_LeavesEmptyOnesBetween()
    {
        var cells = new SheetCells(new CellTexts());
        var text = cells.Texts.Add("x");
        cells.AddRow();
        cells.Put(2, One);
        cells.Put(1, text);
        cells.Put(5, default);
        cells.AddRow();
        cells.AddRow();
        cells.Put(0, One);
        cells.AddRow();
        cells.TrimRows();

        Assert.Equal((3, 3), (cells.RowCount, cells.Width));
        Assert.Equal((default, text, One, default), (cells[0, 0], cells[0, 1], cells[0, 2], cells[0, 3]));
        Assert.Equal((default, One), (cells[1, 0], cells[2, 0]));
    }

    [Fact]
    public void Clear_CellsOfASheet_AreForgotten()
    {
        var cells = new SheetCells(new CellTexts());
        cells.AddRow();
        cells.Put(3, One);
        cells.Clear();
        cells.AddRow();
        cells.Put(1, One);

        Assert.Equal((1, 2, default), (cells.RowCount, cells.Width, cells[0, 0]));
    }

    [Fact]
    public void Put_TooMuch_Throws()
    {
        var texts = new CellTexts();
        var (cells, other) = (new SheetCells(texts), new SheetCells(texts));
        var text = texts.Add(new string('x', ExtractionLimits.MaxCharacters / 2));
        cells.AddRow();
        other.AddRow();
        cells.Put(0, text);
        cells.Put(1, text);

        Assert.Equal(ExtractionLimits.TooMuchText, Assert.Throws<ExtractionLimitException>(() => cells.Put(2, texts.Add("x"))).Message);
        Assert.Equal(ExtractionLimits.TooManyCells, Assert.Throws<ExtractionLimitException>(() => other.Put(ExtractionLimits.MaxCells, One)).Message);
    }
}
