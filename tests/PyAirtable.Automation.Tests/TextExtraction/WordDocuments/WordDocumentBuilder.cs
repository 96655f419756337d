using System.Text;
using PyAirtable.Automation.Tests.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.Tests.TextExtraction.WordDocuments;

/// <summary>Writes documents of Word 97 to 2003 ([MS-DOC]) with what a reader of text needs: header, pieces, properties of paragraphs.</summary>
internal sealed class WordDocumentBuilder
{
    private const int TextPlace = 1024;
    private const int PageSize = 512;
    private const int Places = 154;
    private const byte InTable = 1;
    private const byte RowEnd = 2;

    private readonly StringBuilder _text = new();
    private readonly List<(int End, byte Kind)> _paragraphs = [];
    private readonly List<(string Name, byte[] Content)> _streams = [];
    private int _sectionEnd;

    /// <summary>Flags of the header.</summary>
    public ushort Flags { get; init; } = 0x0200;

    /// <summary>Version of the header.</summary>
    public ushort Version { get; init; } = 0x00C1;

    /// <summary>Length of the main document, where it is not told as it is.</summary>
    public uint? ClaimedLength { get; init; }

    /// <summary>Where the last piece of text is told to end, where it does not end there.</summary>
    public int? ClaimedEnd { get; init; }

    /// <summary>Text of notes and headers, which stands behind the main document's.</summary>
    public string Further { get; init; } = "";

    public WordDocumentBuilder Paragraph(string text) => Add(text + "\r", 0);

    public WordDocumentBuilder ParagraphInCell(string text) => Add(text + "\r", InTable);

    public WordDocumentBuilder Cell(string text) => Add(text + "\x07", InTable);

    public WordDocumentBuilder Row(params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            Cell(cell);
        }
        return EndRow();
    }

    public WordDocumentBuilder EndRow() => Add("\x07", RowEnd);

    /// <summary>A paragraph that is the last one of its section; there may be one.</summary>
    public WordDocumentBuilder Section(string text)
    {
        Add(text + "\f", 0);
        _sectionEnd = _text.Length;
        return this;
    }

    public WordDocumentBuilder Stream(string name, byte[] content)
    {
        _streams.Add((name, content));
        return this;
    }

    /// <summary>The file; its text is half Windows-1252 and half UTF-16, in two pieces that lie in the file the other way round.</summary>
    public byte[] Build()
    {
        var text = _text.ToString();
        var half = text.Length / 2;
        var narrow = Encoding.Latin1.GetBytes(text[..half]);
        var wide = Encoding.Unicode.GetBytes(text[half..] + Further);
        var narrowPlace = TextPlace + wide.Length;
        var pagePlace = (narrowPlace + narrow.Length + PageSize - 1) / PageSize * PageSize;
        var document = new byte[pagePlace + PageSize];
        wide.CopyTo(document, TextPlace);
        narrow.CopyTo(document, narrowPlace);
        Page(half, narrowPlace).CopyTo(document, pagePlace);

        byte[] pieces =
        [
            .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(half), .. BitConverter.GetBytes(ClaimedEnd ?? text.Length + Further.Length),
            0, 0, .. BitConverter.GetBytes((narrowPlace * 2) | (1 << 30)), 0, 0,
            0, 0, .. BitConverter.GetBytes(TextPlace), 0, 0,
        ];
        byte[] list = [1, 2, 0, 0xAA, 0xBB, 2, .. BitConverter.GetBytes(pieces.Length), .. pieces];
        byte[] pages = [.. BitConverter.GetBytes(TextPlace), .. BitConverter.GetBytes(narrowPlace + narrow.Length), .. BitConverter.GetBytes(pagePlace / PageSize)];
        byte[] sections = [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(_sectionEnd), .. new byte[12]];

        CompoundFileBuilder.Put16(document, 0, 0xA5EC, Version);
        CompoundFileBuilder.Put16(document, 10, Flags);
        CompoundFileBuilder.Put16(document, 32, 14);
        CompoundFileBuilder.Put16(document, 62, 22);
        CompoundFileBuilder.Put32(document, 76, ClaimedLength ?? (uint)text.Length);
        CompoundFileBuilder.Put16(document, 152, 93);
        Place(document, 33, 0, list.Length);
        Place(document, 13, list.Length, pages.Length);
        Place(document, 6, list.Length + pages.Length, sections.Length);
        return CompoundFileBuilder.Build([("WordDocument", document), ("1Table", [.. list, .. pages, .. sections]), .. _streams]);
    }

    /// <summary>A property set with title and author, in a code page.</summary>
    public static byte[] Summary(int codePage, byte[] title, byte[] author)
    {
        byte[] first = [30, 0, 0, 0, .. BitConverter.GetBytes(title.Length), .. title];
        byte[] properties =
        [
            .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(3),
            .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(32),
            .. BitConverter.GetBytes(2), .. BitConverter.GetBytes(40),
            .. BitConverter.GetBytes(4), .. BitConverter.GetBytes(40 + first.Length),
            2, 0, 0, 0, .. BitConverter.GetBytes(codePage),
            .. first,
            30, 0, 0, 0, .. BitConverter.GetBytes(author.Length), .. author,
        ];
        return [0xFE, 0xFF, .. new byte[22], 1, 0, 0, 0, .. new byte[16], .. BitConverter.GetBytes(48), .. properties];
    }

    private static void Place(byte[] document, int structure, int place, int length) =>
        CompoundFileBuilder.Put32(document, Places + (8 * structure), (uint)place, (uint)length);

    private WordDocumentBuilder Add(string text, byte kind)
    {
        _text.Append(text);
        _paragraphs.Add((_text.Length, kind));
        return this;
    }

    // One page of properties, whose runs are in the order of the file: the second half of the text comes first.
    private byte[] Page(int half, int narrowPlace)
    {
        var page = new byte[PageSize];
        var runs = _paragraphs.Where(paragraph => paragraph.End > half).Select(paragraph => (Place: TextPlace + (2 * (paragraph.End - half)), paragraph.Kind))
            .Concat(_paragraphs.Where(paragraph => paragraph.End <= half).Select(paragraph => (Place: narrowPlace + paragraph.End, paragraph.Kind)))
            .ToList();
        new byte[] { 3, 0, 0, 0x16, 0x24, 1 }.CopyTo(page, 480);
        // Zero, then half the length; tab stops and a definition of columns stand before what is looked for.
        new byte[] { 0, 10, 0, 0, 0x15, 0xC6, 2, 0, 0, 0x08, 0xD6, 2, 0, 0, 0x16, 0x24, 1, 0x17, 0x24, 1, 0, 0 }.CopyTo(page, 488);
        CompoundFileBuilder.Put32(page, 0, TextPlace);
        for (var i = 0; i < runs.Count; i++)
        {
            CompoundFileBuilder.Put32(page, 4 * (i + 1), (uint)runs[i].Place);
            page[(4 * (runs.Count + 1)) + (13 * i)] = runs[i].Kind switch { InTable => 240, RowEnd => 244, _ => 0 };
        }
        page[^1] = (byte)runs.Count;
        return page;
    }
}
