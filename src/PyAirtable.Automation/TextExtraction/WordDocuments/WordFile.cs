using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.WordDocuments;

/// <summary>The streams of a Word 97 to 2003 document and what its header says of them ([MS-DOC] 2.5, the FIB).</summary>
internal sealed class WordFile
{
    private const ushort Magic = 0xA5EC;
    private const ushort Word97 = 0x00C1;
    private const ushort IsEncrypted = 0x0100;
    private const ushort UsesSecondTable = 0x0200;
    private const int BaseSize = 32;

    private readonly CompoundFile _file;
    private readonly int _places;
    private byte[]? _data;

    /// <exception cref="InvalidDataException">It is no such document, or damaged, or encrypted.</exception>
    public WordFile(CompoundFile file)
    {
        _file = file;
        Document = file.Read("WordDocument") ?? throw new InvalidDataException("no document");
        var header = new BinaryFields(Document);
        var flags = header.UInt16(10);
        if (header.UInt16(0) != Magic || header.UInt16(2) < Word97 || (flags & IsEncrypted) != 0)
        {
            throw new InvalidDataException("encrypted, or of a version that is not read");
        }
        // The header's parts say how long they are: 16-bit numbers, 32-bit numbers, places of structures.
        var numbers = BaseSize + 2 + (2 * header.UInt16(BaseSize));
        TextLength = header.Int32(numbers + 2 + 12);
        _places = numbers + 2 + (4 * header.UInt16(numbers)) + 2;
        Table = file.Read((flags & UsesSecondTable) != 0 ? "1Table" : "0Table") ?? throw new InvalidDataException("no table stream");
    }

    /// <summary>The stream with text and properties.</summary>
    public byte[] Document { get; }

    /// <summary>The stream with the structures.</summary>
    public byte[] Table { get; }

    /// <summary>The stream with what is too long for its place; empty when there is none.</summary>
    public byte[] Data => _data ??= _file.Read("Data") ?? [];

    /// <summary>UTF-16 units of the main document; notes, headers and text boxes follow it.</summary>
    public int TextLength { get; }

    /// <summary>A structure of the table stream by its number ([MS-DOC] 2.5.6); empty when the document has none.</summary>
    public ReadOnlySpan<byte> Structure(int number)
    {
        var header = new BinaryFields(Document);
        var length = header.UInt32(_places + (8 * number) + 4);
        return length == 0 ? [] : new BinaryFields(Table).Slice(header.UInt32(_places + (8 * number)), length);
    }
}
