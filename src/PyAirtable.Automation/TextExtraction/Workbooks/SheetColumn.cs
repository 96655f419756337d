namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>A sheet's column as pandas prints it: numbers and dates each in one form, all else by its text.</summary>
internal static class SheetColumn
{
    private const int Numbers = 1 << (int)SheetCellKind.Number;
    private const int Booleans = 1 << (int)SheetCellKind.Boolean;
    private const int Dates = 1 << (int)SheetCellKind.Date;

    /// <summary>The column at a place, without its header.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="rows">All rows, the header first; a row may end before the column.</param>
    /// <param name="column">Its place, from 0.</param>
    public static TableColumn Of(string name, List<SheetCell[]> rows, int column)
    {
        var cells = new SheetCell[rows.Count - 1];
        var (kinds, isWhole) = (0, true);
        for (var i = 0; i < cells.Length; i++)
        {
            var row = rows[i + 1];
            cells[i] = column < row.Length ? row[column] : default;
            kinds |= cells[i].IsMissing ? 0 : 1 << (int)cells[i].Kind;
            isWhole &= !cells[i].IsMissing;
        }
        return kinds switch
        {
            Dates => TableColumn.OfDates(name, Array.ConvertAll(cells, static cell => cell.Kind == SheetCellKind.Date ? new DateTime(cell.Bits) : (DateTime?)null)),
            // Booleans beside a number, or with one missing, are numbers themselves.
            _ when (kinds & ~(Numbers | Booleans)) == 0 && !(kinds == Booleans && isWhole) => TableColumn.OfNumbers(name, Array.ConvertAll(cells, NumberOf)),
            _ => TableColumn.Of(name, Array.ConvertAll(cells, static cell => cell.IsMissing ? null : cell.ToString())),
        };
    }

    private static double NumberOf(SheetCell cell) => cell.Kind switch
    {
        SheetCellKind.Number => cell.Number,
        SheetCellKind.Boolean => cell.Bits,
        _ => double.NaN,
    };
}
