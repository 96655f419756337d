using System.Buffers;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>Prints a sheet's column as pandas does: numbers and dates each in one form, all else by its text.</summary>
internal static class SheetColumn
{
    private const int Texts = 1 << (int)SheetCellKind.Text;
    private const int Numbers = 1 << (int)SheetCellKind.Number;
    private const int Booleans = 1 << (int)SheetCellKind.Boolean;
    private const int Dates = 1 << (int)SheetCellKind.Date;

    /// <summary>Prints the column at a place, without its header cell.</summary>
    public static void Add(PrintedTable table, string name, SheetCells cells, int column)
    {
        var (kinds, isComplete) = cells.KindsOf(column);
        if (kinds == Dates)
        {
            AddDates(table, name, cells, column);
        }
        else if (kinds == Booleans && isComplete)
        {
            AddEach(table, name, cells, column, isSpaced: true);
        }
        else if ((kinds & ~(Numbers | Booleans)) == 0)
        {
            AddNumbers(table, name, cells, column);
        }
        else if (kinds == Texts || ((kinds & ~(Numbers | Booleans | Texts)) == 0 && HasOnlyNumbers(cells, column)))
        {
            AddTexts(table, name, cells, column);
        }
        else
        {
            AddEach(table, name, cells, column, isSpaced: false);
        }
    }

    private static void AddDates(PrintedTable table, string name, SheetCells cells, int column)
    {
        Span<long> dates = stackalloc long[SheetCells.MaxRows];
        for (var row = 1; row < cells.RowCount; row++)
        {
            ref readonly var cell = ref cells[row, column];
            dates[row] = cell.Kind == SheetCellKind.Date ? cell.Bits : -1;
        }
        TableColumn.AddDates(table, name, dates[1..cells.RowCount]);
    }

    // Booleans beside a number, or with one missing, are numbers themselves.
    private static void AddNumbers(PrintedTable table, string name, SheetCells cells, int column)
    {
        Span<double> numbers = stackalloc double[SheetCells.MaxRows];
        for (var row = 1; row < cells.RowCount; row++)
        {
            ref readonly var cell = ref cells[row, column];
            numbers[row] = cell.Kind switch
            {
                SheetCellKind.Number => cell.Number,
                SheetCellKind.Boolean => cell.Bits,
                _ => double.NaN,
            };
        }
        TableColumn.AddNumbers(table, name, numbers[1..cells.RowCount]);
    }

    // Texts that are numbers count as such, beside true numbers too.
    private static void AddTexts(PrintedTable table, string name, SheetCells cells, int column)
    {
        if (HasText(cells, column))
        {
            AddEach(table, name, cells, column, isSpaced: false);
            return;
        }
        var room = ArrayPool<string?>.Shared.Rent(cells.RowCount);
        var texts = room.AsSpan(0, cells.RowCount - 1);
        for (var row = 1; row < cells.RowCount; row++)
        {
            ref readonly var cell = ref cells[row, column];
            texts[row - 1] = cell.Kind switch
            {
                SheetCellKind.Text or SheetCellKind.Number => cells.Texts.ToString(cell),
                SheetCellKind.Boolean => cell.Bits == 1 ? "1" : "0",
                _ => null,
            };
        }
        TableColumn.Add(table, name, texts);
        ArrayPool<string?>.Shared.Return(room, clearArray: true);
    }

    // Each cell by itself. A number with a fraction has its sign's place even without one.
    private static void AddEach(PrintedTable table, string name, SheetCells cells, int column, bool isSpaced)
    {
        table.BeginColumn(name, isSpaced);
        for (var row = 1; row < cells.RowCount; row++)
        {
            ref readonly var cell = ref cells[row, column];
            if (cell.IsMissing)
            {
                table.Add("NaN");
            }
            else if (cell.Kind == SheetCellKind.Text)
            {
                table.Add(cells.Texts[cell.Text], cell.Text.IsAscii, cell.Text.HasBreak);
            }
            else if (cell.Kind == SheetCellKind.Number && !double.IsInteger(cell.Number))
            {
                table.AddDecimal(cell.Number, DecimalText.Needed(cell.Number, least: 1), isSpaced: true);
            }
            else
            {
                table.Add(cell.ToString());
            }
        }
    }

    // True when there is a text that is no number, and one that is no boolean: all others are text with them. Mostly the first tells.
    private static bool HasText(SheetCells cells, int column)
    {
        var (numbers, booleans) = (true, true);
        for (var row = 1; row < cells.RowCount && (numbers || booleans); row++)
        {
            ref readonly var cell = ref cells[row, column];
            if (cell.Kind == SheetCellKind.Text && !cell.IsMissing)
            {
                var text = cells.Texts.ToString(cell);
                numbers = numbers && CellValues.IsNumber(text, out _);
                booleans = booleans && CellValues.AsBoolean(text) is not null;
            }
        }
        return !numbers && !booleans;
    }

    private static bool HasOnlyNumbers(SheetCells cells, int column)
    {
        for (var row = 1; row < cells.RowCount; row++)
        {
            ref readonly var cell = ref cells[row, column];
            if (cell.Kind == SheetCellKind.Text && !cell.IsMissing && !CellValues.IsNumber(cells.Texts.ToString(cell), out _))
            {
                return false;
            }
        }
        return true;
    }
}
