using System.Text.Json;
using PyAirtable.Automation.TextExtraction.Spreadsheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Spreadsheets;

public sealed class SheetRenderingTests
{
    private static readonly DateTime Day = new(2025, 1, 2);

    // Rows and what pandas prints of them.
    public static TheoryData<object?[][], string> Tables => new()
    {
        { [["a"], [true], [false]], "    a\n True\nFalse" },
        { [["a", "b"], [1d, "x"], ["5", "y"]], " a b\n 1 x\n 5 y" },
        { [["a", "b"], [1d, "x"], ["n/a", "y"]], "  a b\n1.0 x\nNaN y" },
        { [["a", "b"], [1d, "x"], ["z", "y"], [2.5, "w"]], "   a b\n   1 x\n   z y\n 2.5 w" },
        { [["a", "b"], [true, "x"], [3d, "y"]], " a b\n 1 x\n 3 y" },
        { [["a", "b"], [Day, "x"], [Day.AddHours(1.5), "y"], [null, "z"]], "                  a b\n2025-01-02 00:00:00 x\n2025-01-02 01:30:00 y\n                NaT z" },
        { [["a", "b"], [Day, "x"], ["later", "y"]], "                  a b\n2025-01-02 00:00:00 x\n              later y" },
        { [["a", null, "a"], [1d, null, 2d]], " a  Unnamed: 1  a.1\n 1         NaN    2" },
        { [["a"], [1d], [null], [2d]], "  a\n1.0\nNaN\n2.0" },
        { [["a", "b"], [true, "x"], [null, "y"], [false, "z"]], "  a b\n1.0 x\nNaN y\n0.0 z" },
        { [[Day, Day.AddDays(1)], [1d, 2d]], " 2025-01-02  2025-01-03\n          1           2" },
        { [[Day, "x"], [1d, 2d]], " 2025-01-02 00:00:00  x\n                   1  2" },
        { [[2.5, true], [1d, 2d]], " 2.5  True\n   1     2" },
        { [["a", "b"], [1e15, 0.5], [1d, 0.25]], "               a    b\n1000000000000000 0.50\n               1 0.25" },
        { [["a\nb", "c"], ["x\ty", "z"]], "a\\nb c\nx\\ty z" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Add_Cells_PrintsPandasTable(object?[][] rows, string expected)
    {
        var rendering = new SheetRendering(".xls");
        rendering.Add("S", rows, TestContext.Current.CancellationToken);

        Assert.Equal("--- Sheet: S ---\n" + expected, rendering.Complete(1).Content);
    }

    [Fact]
    public void Complete_HeaderOfEveryKind_KeepsItsKindInTheMetadata()
    {
        var rendering = new SheetRendering(".xls");
        rendering.Add("S", [["t", 1d, 2.5, true, Day, Day.AddHours(1), 1d, null, -1e300]], TestContext.Current.CancellationToken);

        Assert.Equal(
            """["t",1,2.5,true,"2025-01-02T00:00:00","2025-01-02T01:00:00","1.1","Unnamed: 7",-1E+300]""",
            JsonElement.Parse(rendering.Complete(1).Metadata).GetProperty("sheets")[0].GetProperty("column_names").GetRawText());
    }
}
