using System.Buffers;
using System.Globalization;
using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// A table in pandas' plain text form without index (automation contract 2.6). Its cells come column by column and are written row by
/// row; they stand one after the other in one buffer, in UTF-8, so that none is an object.
/// </summary>
internal sealed class PrintedTable
{
    // Bytes of a cell that are made room for at first, up to a bound. Pages of it that are not used cost nothing, copies would.
    private const int UsualCell = 16;
    private const int MostAtFirst = 1024 * 1024;

    // A character takes no more bytes than three for each of its units. Texts up to this length get room for that, without being counted.
    private const int MostBytesPerUnit = 3;
    private const int ShortText = 1024;

    private readonly int _lines;
    // Of each: code points of the longest cell, and what all cells have beyond their code points, in UTF-16 units and in bytes.
    private readonly (int Width, int Units, int Bytes)[] _columns;
    // Where each cell ends in the buffer; where it begins, the one before ends. The first is no cell.
    private readonly int[] _ends;
    private byte[] _bytes;
    private int _column = -1;
    private int _count;
    private int _bytesBeyondUnits;

    /// <summary>Makes room for a table of this size.</summary>
    public PrintedTable(int columns, int rows)
    {
        _lines = rows + 1;
        _columns = new (int, int, int)[columns];
        _ends = GC.AllocateUninitializedArray<int>((columns * _lines) + 1);
        _ends[0] = 0;
        _bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min((long)UsualCell * _ends.Length, MostAtFirst));
    }

    /// <summary>UTF-16 units of the table as text: every row is padded to the longest cells, so this is known before anything is written.</summary>
    public long Length => LengthWith(static column => column.Units);

    /// <summary>Bytes of the table as text.</summary>
    public long ByteLength => LengthWith(static column => column.Bytes);

    /// <summary>True when the last cell ends in a blank, or is empty.</summary>
    public bool EndsInBlank =>
        Rune.DecodeLastFromUtf8(_bytes.AsSpan(_ends[_count - 1].._ends[_count]), out var last, out _) != OperationStatus.Done || Rune.IsWhiteSpace(last);

    /// <summary>What is printed of a table without rows.</summary>
    public static string WithoutRows(IReadOnlyList<string> names) => $"Empty DataFrame\nColumns: [{string.Join(", ", names)}]\nIndex: []";

    /// <summary>Begins the next column, whose cells follow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isSpaced">True for numbers and booleans, whose name stands behind a blank.</param>
    public void BeginColumn(string name, bool isSpaced)
    {
        _column++;
        AddText(name, isSpaced);
    }

    /// <summary>Adds a text.</summary>
    public void Add(string text) => AddText(text, isSpaced: false);

    /// <summary>Adds a text in UTF-8.</summary>
    /// <param name="text">The text, well-formed.</param>
    /// <param name="isAscii">True when each of its characters is a byte.</param>
    /// <param name="hasBreak">True when it has a line end or a tab.</param>
    public void Add(ReadOnlySpan<byte> text, bool isAscii, bool hasBreak)
    {
        if (hasBreak)
        {
            Add(Encoding.UTF8.GetString(text));
            return;
        }
        text.CopyTo(Room(text.Length));
        var points = isAscii ? text.Length : TextDecoding.CodePoints(text);
        var units = isAscii ? text.Length : Encoding.UTF8.GetCharCount(text);
        End(text.Length, units - points, text.Length - points);
    }

    /// <summary>Adds a value by its own form, in ASCII.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The form.</param>
    /// <param name="drop">Bytes at its end that are left out.</param>
    public void Add<TValue>(TValue value, ReadOnlySpan<char> format = default, int drop = 0)
        where TValue : IUtf8SpanFormattable
    {
        _ = value.TryFormat(Room(DecimalText.MaxLength), out var length, format, CultureInfo.InvariantCulture);
        End(length - drop);
    }

    /// <summary>Adds a finite number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Its decimals: as many as it needs, or more.</param>
    /// <param name="isSpaced">True to put a blank where a minus would be.</param>
    public void AddDecimal(double value, int decimals, bool isSpaced = false)
    {
        var room = Room(DecimalText.MaxLength + 1);
        var blank = isSpaced && !double.IsNegative(value) ? 1 : 0;
        room[0] = (byte)' ';
        End(blank + DecimalText.Format(value, decimals, room[blank..]));
    }

    /// <summary>The table: columns right-justified, a blank between two, lines joined by LF.</summary>
    /// <exception cref="ExtractionLimitException">It is too long.</exception>
    public override string ToString()
    {
        if (Length > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        using var text = new MemoryStream((int)ByteLength);
        Write(text);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Writes the table in UTF-8, piece by piece.</summary>
    public void Write(Stream stream)
    {
        var text = new JustifiedText(stream);
        var (bytes, ends) = (_bytes, _ends);
        for (var line = 0; line < _lines; line++)
        {
            for (var column = 0; column < _columns.Length; column++)
            {
                var cell = (column * _lines) + line;
                var (start, length) = (ends[cell], ends[cell + 1] - ends[cell]);
                var (width, _, beyond) = _columns[column];
                var points = beyond == 0 ? length : TextDecoding.CodePoints(bytes.AsSpan(start, length));
                text.Add(bytes.AsSpan(start), length, width - points, (byte)(column < _columns.Length - 1 ? ' ' : '\n'));
            }
        }
        // The last line has no end.
        text.Complete();
    }

    /// <summary>Gives back room that no cell has taken, if it is much: of a workbook many tables are kept.</summary>
    public void Trim()
    {
        if (_ends[_count] < _bytes.Length / 2)
        {
            Array.Resize(ref _bytes, _ends[_count]);
        }
    }

    private long LengthWith(Func<(int Width, int Units, int Bytes), int> beyond)
    {
        // A line end or a blank after each cell but the last.
        var length = ((long)_columns.Length * _lines) - 1;
        foreach (var column in _columns)
        {
            length += ((long)column.Width * _lines) + beyond(column);
        }
        return length;
    }

    private void AddText(string text, bool isSpaced)
    {
        if (text.AsSpan().ContainsAny('\n', '\r', '\t'))
        {
            text = text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        }
        var room = Room(1 + (text.Length <= ShortText ? text.Length * MostBytesPerUnit : Encoding.UTF8.GetByteCount(text)));
        room[0] = (byte)' ';
        var blank = isSpaced ? 1 : 0;
        var bytes = Encoding.UTF8.GetBytes(text, room[blank..]);
        var points = bytes == text.Length ? bytes : TextDecoding.CodePoints(text);
        End(blank + bytes, text.Length - points, bytes - points);
    }

    // Place behind the last cell. What stands in the table must fit it, whatever its widths are.
    private Span<byte> Room(int length)
    {
        var used = _ends[_count];
        if (length > _bytes.Length - used)
        {
            if (used - _bytesBeyondUnits > ExtractionLimits.MaxCharacters)
            {
                throw new ExtractionLimitException();
            }
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(_bytes.Length * 2, used + length));
            _bytes.AsSpan(0, used).CopyTo(larger);
            _bytes = larger;
        }
        return _bytes.AsSpan(used);
    }

    // What characters take beyond their number is not part of the cell's width.
    private void End(int length, int unitsBeyond = 0, int bytesBeyond = 0)
    {
        _ends[_count + 1] = _ends[_count] + length;
        _count++;
        _bytesBeyondUnits += bytesBeyond - unitsBeyond;
        ref var column = ref _columns[_column];
        column = (Math.Max(column.Width, length - bytesBeyond), column.Units + unitsBeyond, column.Bytes + bytesBeyond);
    }
}
