using System.Globalization;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// A table in pandas' plain text form without index (automation contract 2.6). Its cells come column by column and are written row by
/// row; they stand one after the other in one buffer, so that none is an object.
/// </summary>
internal sealed class PrintedTable
{
    // Units of a cell that are made room for at first, up to a bound. Pages of it that are not used cost nothing, copies would.
    private const int UsualCell = 16;
    private const int MostAtFirst = 1024 * 1024;

    private readonly int _lines;
    private readonly (int Width, int Beyond)[] _columns;
    // Where each cell ends in the buffer; where it begins, the one before ends. The first is no cell.
    private readonly int[] _ends;
    private char[] _units;
    private int _column = -1;
    private int _count;

    /// <summary>Makes room for a table of this size.</summary>
    public PrintedTable(int columns, int rows)
    {
        _lines = rows + 1;
        _columns = new (int, int)[columns];
        _ends = GC.AllocateUninitializedArray<int>((columns * _lines) + 1);
        _ends[0] = 0;
        _units = GC.AllocateUninitializedArray<char>((int)Math.Min((long)UsualCell * _ends.Length, MostAtFirst));
    }

    /// <summary>Units of the table as text: every row is padded to the longest cells, so this is known before anything is written.</summary>
    public long Length
    {
        get
        {
            // A line end or a blank after each cell but the last.
            var length = ((long)_columns.Length * _lines) - 1;
            foreach (var (width, beyond) in _columns)
            {
                length += ((long)width * _lines) + beyond;
            }
            return length;
        }
    }

    /// <summary>True when the last cell ends in a blank, or is empty.</summary>
    public bool EndsInBlank => _ends[_count] == _ends[_count - 1] || char.IsWhiteSpace(_units[_ends[_count] - 1]);

    /// <summary>What is printed of a table without rows.</summary>
    public static string WithoutRows(IReadOnlyList<string> names) => $"Empty DataFrame\nColumns: [{string.Join(", ", names)}]\nIndex: []";

    /// <summary>Begins the next column, whose cells follow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isSpaced">True for numbers and booleans, whose name stands behind a blank.</param>
    public void BeginColumn(string name, bool isSpaced)
    {
        _column++;
        AddText(name, isSpaced ? " " : "");
    }

    /// <summary>Adds a text.</summary>
    public void Add(string text) => AddText(text, before: "");

    /// <summary>Adds a value by its own form, in ASCII.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The form.</param>
    /// <param name="drop">Units at its end that are left out.</param>
    public void Add<TValue>(TValue value, ReadOnlySpan<char> format = default, int drop = 0)
        where TValue : ISpanFormattable
    {
        _ = value.TryFormat(Room(DecimalText.MaxLength), out var length, format, CultureInfo.InvariantCulture);
        End(length - drop, beyond: 0);
    }

    /// <summary>Adds a finite number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Its decimals: as many as it needs, or more.</param>
    /// <param name="isSpaced">True to put a blank where a minus would be.</param>
    public void AddDecimal(double value, int decimals, bool isSpaced = false)
    {
        var room = Room(DecimalText.MaxLength + 1);
        var blank = isSpaced && !double.IsNegative(value) ? 1 : 0;
        room[0] = ' ';
        End(blank + DecimalText.Format(value, decimals, room[blank..]), beyond: 0);
    }

    /// <summary>The table: columns right-justified, a blank between two, lines joined by LF.</summary>
    /// <exception cref="ExtractionLimitException">It is too long.</exception>
    public override string ToString() => Length <= ExtractionLimits.MaxCharacters
        ? string.Create((int)Length, this, static (text, table) => table.Write(text))
        : throw new ExtractionLimitException();

    /// <summary>Writes the table to a place of its length.</summary>
    public void Write(Span<char> text)
    {
        text.Fill(' ');
        var at = 0;
        for (var line = 0; line < _lines; line++)
        {
            for (var column = 0; column < _columns.Length; column++)
            {
                var cell = (column * _lines) + line;
                var units = _units.AsSpan(_ends[cell], _ends[cell + 1] - _ends[cell]);
                var (width, beyond) = _columns[column];
                at += width - (beyond == 0 ? units.Length : TextDecoding.CodePoints(units));
                units.CopyTo(text[at..]);
                at += units.Length + 1;
            }
            if (line < _lines - 1)
            {
                text[at - 1] = '\n';
            }
        }
    }

    /// <summary>Gives back room that no cell has taken, if it is much: of a workbook many tables are kept.</summary>
    public void Trim()
    {
        if (_ends[_count] < _units.Length / 2)
        {
            Array.Resize(ref _units, _ends[_count]);
        }
    }

    private void AddText(string text, string before)
    {
        if (text.AsSpan().ContainsAny('\n', '\r', '\t'))
        {
            text = text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        }
        var room = Room(before.Length + text.Length);
        before.CopyTo(room);
        text.CopyTo(room[before.Length..]);
        End(before.Length + text.Length, text.Length - TextDecoding.CodePoints(text));
    }

    // Place behind the last cell. What stands in the table must fit it, whatever its widths are.
    private Span<char> Room(int length)
    {
        var used = _ends[_count];
        if (length > _units.Length - used)
        {
            if (used + (long)length > ExtractionLimits.MaxCharacters + DecimalText.MaxLength + 1)
            {
                throw new ExtractionLimitException();
            }
            var larger = GC.AllocateUninitializedArray<char>(Math.Max(_units.Length * 2, used + length));
            _units.AsSpan(0, used).CopyTo(larger);
            _units = larger;
        }
        return _units.AsSpan(used);
    }

    // The units that characters of two units take are beyond the cell's width.
    private void End(int length, int beyond)
    {
        _ends[_count + 1] = _ends[_count] + length;
        _count++;
        ref var column = ref _columns[_column];
        column = (Math.Max(column.Width, length - beyond), column.Beyond + beyond);
    }
}
