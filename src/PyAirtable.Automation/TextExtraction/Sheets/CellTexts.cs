using System.Buffers;
using System.Text;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>The texts of a workbook's cells, in UTF-8, as they are read and as they are printed. They stand one after the other in blocks, so that none is an object.</summary>
internal sealed class CellTexts
{
    // A block is large enough never to be moved by the collector. Longer texts have one for themselves.
    private const int BlockBytes = 128 * 1024;
    private const int LongText = BlockBytes / 8;

    // Those that cells share, and those that cells have: each kind has its own bound, which is met before.
    private const long MaxUnits = 2L * ExtractionLimits.MaxCharacters;

    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\n\r\t"u8);

    private readonly List<byte[]> _blocks = [];
    private int _block;
    private int _used = BlockBytes;

    /// <summary>UTF-16 units of all texts.</summary>
    public long Units { get; private set; }

    /// <summary>Keeps a text; its cell, an empty one for an empty text.</summary>
    /// <param name="utf8">The text, well-formed.</param>
    /// <exception cref="ExtractionLimitException">There is too much text.</exception>
    public SheetCell Add(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return default;
        }
        var isAscii = Ascii.IsValid(utf8);
        var units = isAscii ? utf8.Length : Encoding.UTF8.GetCharCount(utf8);
        Units += units;
        if (units > ExtractionLimits.MaxCharacters || Units > MaxUnits)
        {
            throw new ExtractionLimitException();
        }
        var (block, start) = Place(utf8.Length);
        utf8.CopyTo(_blocks[block].AsSpan(start));
        return SheetCell.OfText(new CellText(block, start, utf8.Length, CellValues.IsMissing(utf8), isAscii, utf8.ContainsAny(Breaks)));
    }

    /// <summary>The same for a text in UTF-16.</summary>
    public SheetCell Add(string text)
    {
        var room = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var cell = Add(room.AsSpan(0, Encoding.UTF8.GetBytes(text, room)));
        ArrayPool<byte>.Shared.Return(room);
        return cell;
    }

    /// <summary>A text in UTF-8.</summary>
    public ReadOnlySpan<byte> this[CellText text] => _blocks[text.Block].AsSpan(text.Start, text.Length);

    /// <summary>A cell as Python's <c>str()</c> has it.</summary>
    public string ToString(SheetCell cell) => cell.Kind == SheetCellKind.Text ? Encoding.UTF8.GetString(this[cell.Text]) : cell.ToString();

    private (int Block, int Start) Place(int length)
    {
        if (length > LongText)
        {
            _blocks.Add(GC.AllocateUninitializedArray<byte>(length));
            return (_blocks.Count - 1, 0);
        }
        if (length > BlockBytes - _used)
        {
            _blocks.Add(GC.AllocateUninitializedArray<byte>(BlockBytes));
            (_block, _used) = (_blocks.Count - 1, 0);
        }
        _used += length;
        return (_block, _used - length);
    }
}
