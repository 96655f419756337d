using System.Text.Json;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Sheets;

public sealed class ExcelTextTests
{
    private static readonly DateTime Day = new(2025, 1, 2);

    // Rows and what pandas prints of them.
    public static TheoryData<object?[][], string> Tables => new()
    {
        { [["a"], [true], [false]], "    a\n True\nFalse" },
        { [["a", "b"], [1d, "x"], ["5", "y"]], " a b\n 1 x\n 5 y" },
        { [["a", "b"], [1d, "x"], ["n/a", "y"]], "  a b\n1.0 x\nNaN y" },
        { [["a", "b"], [1d, "x"], ["z", "y"], [2.5, "w"]], "   a b\n   1 x\n   z y\n 2.5 w" },
        { [["a", "b"], [-1.25, "x"], ["z", "y"], [1e-9, "w"]], "    a b\n-1.25 x\n    z y\n  0.0 w" },
        { [["a", "b"], [true, "x"], [3d, "y"]], " a b\n 1 x\n 3 y" },
        { [["a", "b"], [true, "x"], ["3", "y"]], " a b\n 1 x\n 3 y" },
        { [["a", "b"], [true, "x"], ["z", "y"]], "   a b\nTrue x\n   z y" },
        { [["a", "b"], [Day, "x"], [Day.AddHours(1.5), "y"], [null, "z"]], "                  a b\n2025-01-02 00:00:00 x\n2025-01-02 01:30:00 y\n                NaT z" },
        { [["a", "b"], [Day, "x"], [Day.AddMilliseconds(7), "y"]], "                      a b\n2025-01-02 00:00:00.000 x\n2025-01-02 00:00:00.007 y" },
        { [["a", "b"], [Day, "x"], ["later", "y"]], "                  a b\n2025-01-02 00:00:00 x\n              later y" },
        { [["a", null, "a"], [1d, null, 2d]], " a  Unnamed: 1  a.1\n 1         NaN    2" },
        { [["a", "1", 1d], [1d, 2d, 3d]], " a  1  1\n 1  2  3" },
        { [["a"], [1d], [null], [2d]], "  a\n1.0\nNaN\n2.0" },
        { [["a", "b"], [true, "x"], [null, "y"], [false, "z"]], "  a b\n1.0 x\nNaN y\n0.0 z" },
        { [[Day, Day.AddDays(1)], [1d, 2d]], " 2025-01-02  2025-01-03\n          1           2" },
        { [[Day, "x"], [1d, 2d]], " 2025-01-02 00:00:00  x\n                   1  2" },
        { [[2.5, true], [1d, 2d]], " 2.5  True\n   1     2" },
        { [["a", "b"], [1e15, 0.5], [1d, 0.25]], "               a    b\n1000000000000000 0.50\n               1 0.25" },
        { [["a", "b"], [1e300, 1e-7], [0.5, 1d]], "            a            b\n1.000000e+300 1.000000e-07\n 5.000000e-01 1.000000e+00" },
        { [["a", "b"], [12345678.125, -0.5], [1d, 0.125]], "           a      b\n12345678.125 -0.500\n       1.000  0.125" },
        { [["a\nb", "c"], ["x\ty", "z"]], "a\\nb c\nx\\ty z" },
        { [["ü😀", "b"], ["x", "😀"]], "ü😀 b\n x 😀" },
        { [["a", "b"], ["1", "True"], ["x", "1"], ["true", null]], "   a    b\n   1 True\n   x    1\ntrue  NaN" },
        { [["a", "b"], ["True", "1"], ["false", "n/a"], [null, "2"]], "    a   b\n True 1.0\nFalse NaN\n  NaN 2.0" },
        { [["a long name of a column", "b"], ["a text that is longer than two vectors of the processor", "y"], [null, "z"]],
            "                                a long name of a column b\na text that is longer than two vectors of the processor y\n                                                    NaN z" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Add_Cells_PrintsPandasTable(object?[][] rows, string expected) => Assert.Equal("--- Sheet: S ---\n" + expected, Text(rows).Complete(1).Content);

    [Fact]
    public void Add_SheetAfterSheet_PrintsEachByItself()
    {
        var (text, cells) = (new ExcelText(".xlsx"), new SheetCells(new CellTexts()));
        foreach (var rows in (object?[][][])[[["long name", "b"], ["x", "y"], [null, "z"]], [], [["a"], [1d]]])
        {
            Put(cells, rows);
            text.Add("S", cells, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            "--- Sheet: S ---\nlong name b\n        x y\n      NaN z\n\n--- Sheet: S ---\nEmpty DataFrame\nColumns: []\nIndex: []\n\n--- Sheet: S ---\n a\n 1",
            text.Complete(3).Content);
    }

    [Fact]
    public void Complete_HeaderOfEveryKind_KeepsItsKindInTheMetadata() => Assert.Equal(
        """["t",1,2.5,true,"2025-01-02T00:00:00","2025-01-02T01:00:00","1.1","Unnamed: 7",-1E+300]""",
        JsonElement.Parse(Text([["t", 1d, 2.5, true, Day, Day.AddHours(1), 1d, null, -1e300]]).Complete(1).Metadata).GetProperty("sheets")[0].GetProperty("column_names").GetRawText());

    [Fact]
    public void Failed_Reason_IsTheContractsError() =>
        Assert.Equal(new ExtractedText("", """{"file_type":".xlsx"}""", "Excel extraction failed: why"), ExcelText.Failed("why"));

    private static ExcelText Text(object?[][] rows)
    {
        var (text, cells) = (new ExcelText(".xls"), new SheetCells(new CellTexts()));
        Put(cells, rows);
        text.Add("S", cells, TestContext.Current.CancellationToken);
        return text;
    }

    private static void Put(SheetCells cells, object?[][] rows)
    {
        cells.Clear();
        foreach (var row in rows)
        {
            cells.AddRow();
            for (var column = 0; column < row.Length; column++)
            {
                cells.Put(column, row[column] switch
                {
                    null => default,
                    string value => cells.Texts.Add(value),
                    double value => SheetCell.OfNumber(value),
                    bool value => SheetCell.OfBoolean(value),
                    DateTime value => SheetCell.OfDate(value),
                    var other => throw new ArgumentException($"{other} is no cell"),
                });
            }
        }
    }
}
