namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>A sheet's column as pandas prints it: numbers and dates in one form each, all else by its text.</summary>
internal static class SheetColumn
{
    /// <summary>The column at a place, without its header.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="rows">All rows, the header first; a row may end before the column.</param>
    /// <param name="column">Its place, from 0.</param>
    public static TableColumn Of(string name, List<SheetCell[]> rows, int column)
    {
        var cells = new SheetCell[rows.Count - 1];
        var kinds = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var row = rows[i + 1];
            cells[i] = column < row.Length ? row[column] : default;
            kinds |= cells[i].IsMissing ? 0 : 1 << (int)cells[i].Kind;
        }
        return kinds switch
        {
            0 or 1 << (int)SheetCellKind.Number => TableColumn.OfNumbers(name, Array.ConvertAll(cells, static cell => cell.Kind == SheetCellKind.Number ? cell.Number : double.NaN)),
            1 << (int)SheetCellKind.Date => TableColumn.OfDates(name, Array.ConvertAll(cells, static cell => cell.Kind == SheetCellKind.Date ? new DateTime(cell.Bits) : (DateTime?)null)),
            _ => TableColumn.Of(name, Array.ConvertAll(cells, static cell => cell.IsMissing ? null : cell.ToString())),
        };
    }
}
