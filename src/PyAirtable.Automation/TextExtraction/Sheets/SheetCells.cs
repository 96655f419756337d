namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>
/// A sheet's cells: the header and as many more rows as a table shows, each up to its last cell with a value, one after the other in one
/// array. One of these serves sheet after sheet.
/// </summary>
/// <param name="texts">The workbook's texts.</param>
internal sealed class SheetCells(CellTexts texts)
{
    /// <summary>Rows that are kept, the header included.</summary>
    public const int MaxRows = ExtractionLimits.MaxRows + 1;

    private static readonly SheetCell Empty = new(SheetCellKind.Empty, 0);

    // Where each row begins; where it ends, the next one begins.
    private readonly int[] _starts = new int[MaxRows + 1];
    // Room for most sheets: pages of it that are not used cost nothing, copies would.
    private SheetCell[] _cells = new SheetCell[32 * 1024];
    private long _characters;
    // Of each column: kinds of its values, one bit for each, and how many there are. What was put over a value is not counted right.
    private (int Kinds, int Count)[] _columns = new (int, int)[64];
    private bool _isOverwritten;

    /// <summary>Where texts are.</summary>
    public CellTexts Texts { get; } = texts;

    /// <summary>Rows, the header included.</summary>
    public int RowCount { get; private set; }

    /// <summary>Cells of the longest row.</summary>
    public int Width { get; private set; }

    /// <summary>A cell, by its row and column from 0; an empty one where the row has ended.</summary>
    public ref readonly SheetCell this[int row, int column]
    {
        get
        {
            var at = _starts[row] + column;
            if (at < _starts[row + 1])
            {
                return ref _cells[at];
            }
            return ref Empty;
        }
    }

    /// <summary>Forgets the sheet before.</summary>
    public void Clear()
    {
        _columns.AsSpan(0, Width).Clear();
        (RowCount, Width, _characters, _isOverwritten) = (0, 0, 0, false);
    }

    /// <summary>What a column has below its header: kinds of its values, one bit for each, and whether none is missing.</summary>
    public (int Kinds, bool IsComplete) KindsOf(int column)
    {
        if (!_isOverwritten)
        {
            return (_columns[column].Kinds, _columns[column].Count == RowCount - 1);
        }
        var (kinds, count) = (0, 0);
        for (var row = 1; row < RowCount; row++)
        {
            Count(ref kinds, ref count, this[row, column]);
        }
        return (kinds, count == RowCount - 1);
    }

    /// <summary>Begins the next row.</summary>
    public void AddRow()
    {
        RowCount++;
        _starts[RowCount] = _starts[RowCount - 1];
    }

    /// <summary>Puts a cell into the last row; those before it that are not there yet become empty ones.</summary>
    /// <exception cref="ExtractionLimitException">There are too many cells, or there is too much text in them.</exception>
    public void Put(int column, SheetCell cell)
    {
        if (cell.Kind == SheetCellKind.Empty)
        {
            return;
        }
        if (cell.Kind == SheetCellKind.Text)
        {
            // Whatever the table looks like, it has all of this in it.
            _characters += cell.Text.LeastUnits;
            if (_characters > ExtractionLimits.MaxCharacters)
            {
                throw new ExtractionLimitException();
            }
        }
        ref var end = ref _starts[RowCount];
        var at = _starts[RowCount - 1] + column;
        if (at >= end)
        {
            Grow(at + 1);
            _cells.AsSpan(end, at - end).Clear();
            end = at + 1;
            Widen(column + 1);
        }
        else
        {
            _isOverwritten |= _cells[at].Kind != SheetCellKind.Empty;
        }
        _cells[at] = cell;
        if (RowCount > 1)
        {
            Count(ref _columns[column].Kinds, ref _columns[column].Count, cell);
        }
    }

    /// <summary>Leaves out the rows at the end that have no value.</summary>
    public void TrimRows()
    {
        while (RowCount > 0 && _starts[RowCount] == _starts[RowCount - 1])
        {
            RowCount--;
        }
    }

    private static void Count(ref int kinds, ref int count, SheetCell cell)
    {
        if (!cell.IsMissing)
        {
            kinds |= 1 << (int)cell.Kind;
            count++;
        }
    }

    private void Widen(int width)
    {
        Width = Math.Max(Width, width);
        if (Width > _columns.Length)
        {
            Array.Resize(ref _columns, Math.Max(Width, _columns.Length * 2));
        }
    }

    private void Grow(int count)
    {
        if (count > ExtractionLimits.MaxCells)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooManyCells);
        }
        if (count > _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(count, _cells.Length * 2));
        }
    }
}
