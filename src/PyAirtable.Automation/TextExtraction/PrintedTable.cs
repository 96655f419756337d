namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// A table in pandas' plain text form without index (automation contract 2.6). Its cells come column by column and are written row by
/// row; they stand one after the other in one buffer, so that none is an object. One of these serves table after table.
/// </summary>
internal sealed class PrintedTable
{
    private char[] _units = new char[4096];
    // Where each cell ends in the buffer; where it begins, the one before ends. The first is no cell.
    private int[] _ends = [0];
    private (int Width, int Beyond)[] _columns = [];
    private int _lines;
    private int _column;
    private int _count;

    /// <summary>What is printed of a table without rows.</summary>
    public static string WithoutRows(IReadOnlyList<string> names) => $"Empty DataFrame\nColumns: [{string.Join(", ", names)}]\nIndex: []";

    /// <summary>Forgets the table before and begins one of this size.</summary>
    public void Begin(int columns, int rows)
    {
        (_lines, _column, _count) = (rows + 1, -1, 0);
        if (_columns.Length < columns)
        {
            _columns = new (int, int)[columns];
        }
        if (_ends.Length <= columns * _lines)
        {
            _ends = new int[(columns * _lines) + 1];
        }
    }

    /// <summary>Begins the next column, whose cells follow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isSpaced">True for numbers and booleans, whose name stands behind a blank.</param>
    public void BeginColumn(string name, bool isSpaced)
    {
        _columns[++_column] = default;
        if (isSpaced)
        {
            Room(1)[0] = ' ';
        }
        AddText(name, isSpaced ? 1 : 0);
    }

    /// <summary>Adds a text.</summary>
    public void Add(string text) => AddText(text, before: 0);

    /// <summary>Adds a value by its own form, in ASCII.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The form.</param>
    /// <param name="drop">Units at its end that are left out.</param>
    public void Add<TValue>(TValue value, ReadOnlySpan<char> format = default, int drop = 0)
        where TValue : ISpanFormattable
    {
        _ = value.TryFormat(Room(DecimalText.MaxLength), out var length, format, System.Globalization.CultureInfo.InvariantCulture);
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
    public override string ToString()
    {
        var columns = _columns.AsSpan(0, _column + 1);
        // A line end or a blank after each cell but the last.
        var length = ((long)columns.Length * _lines) - 1;
        foreach (var (width, beyond) in columns)
        {
            length += ((long)width * _lines) + beyond;
        }
        // Every row is padded to the longest cells, so the size is known before anything is written.
        return length <= ExtractionLimits.MaxCharacters
            ? string.Create((int)length, this, static (text, table) => table.Write(text))
            : throw new ExtractionLimitException();
    }

    private void Write(Span<char> text)
    {
        text.Fill(' ');
        var at = 0;
        for (var line = 0; line < _lines; line++)
        {
            for (var column = 0; column <= _column; column++)
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

    private void AddText(string text, int before)
    {
        if (text.AsSpan().ContainsAny('\n', '\r', '\t'))
        {
            text = text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        }
        text.CopyTo(Room(before + text.Length)[before..]);
        End(before + text.Length, text.Length - TextDecoding.CodePoints(text));
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
            Array.Resize(ref _units, Math.Max(_units.Length * 2, used + length));
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
