using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.WordDocuments;

/// <summary>A run of a document's text that lies together in the file ([MS-DOC] 2.8.35 and 2.9.177).</summary>
/// <param name="Start">Place of its first unit in the text.</param>
/// <param name="End">Place behind its last one.</param>
/// <param name="Offset">Where it is in the document's stream.</param>
/// <param name="UnitSize">1 for Windows-1252, 2 for UTF-16.</param>
internal readonly record struct TextPiece(int Start, int End, long Offset, int UnitSize)
{
    private const int PieceTable = 33;
    private const byte Properties = 1;
    private const byte Pieces = 2;
    private const uint Narrow = 1u << 30;

    /// <summary>The pieces of the main document, in the order of the text.</summary>
    /// <exception cref="InvalidDataException">The list is missing or damaged.</exception>
    public static List<TextPiece> Of(WordFile file)
    {
        var rest = file.Structure(PieceTable);
        while (rest is [Properties, ..])
        {
            var size = 3 + new BinaryFields(rest).UInt16(1);
            rest = new BinaryFields(rest).Slice(size, rest.Length - size);
        }
        if (rest is not [Pieces, ..])
        {
            throw new InvalidDataException("no list of pieces");
        }
        var header = new BinaryFields(rest);
        var list = new BinaryFields(header.Slice(5, header.UInt32(1)));
        var count = (list.Length - 4) / 12;
        var pieces = new List<TextPiece>();
        for (var i = 0; i < count; i++)
        {
            var (start, end) = (list.Int32(4 * i), Math.Min(list.Int32((4 * i) + 4), file.TextLength));
            if (start != (i == 0 ? 0 : pieces[^1].End) || end < start)
            {
                throw new InvalidDataException("pieces do not follow each other");
            }
            var place = list.UInt32((4 * (count + 1)) + (8 * i) + 2);
            var narrow = (place & Narrow) != 0;
            var offset = place & (Narrow - 1);
            pieces.Add(new(start, end, narrow ? offset / 2 : offset, narrow ? 1 : 2));
            if (end == file.TextLength)
            {
                return pieces;
            }
        }
        throw new InvalidDataException("pieces are missing");
    }
}
