using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

/// <summary>Writes PDF files object by object (ISO 32000-1, 7.5).</summary>
internal sealed class PdfBuilder
{
    /// <summary>Number of the catalog, the root of the pages and the font in <see cref="OfPages"/>.</summary>
    public const int Catalog = 1, Pages = 2, Font = 3;

    private readonly List<byte[]> _objects = [];

    /// <summary>Entries that are added to the trailer, such as <c>/Info 9 0 R</c>.</summary>
    public string Trailer { get; set; } = "";

    /// <summary>Encrypts streams that are added from now on; it is given the number of the object.</summary>
    public Func<int, byte[], byte[]> Cipher { get; set; } = (_, content) => content;

    /// <summary>A document of one font, Helvetica, whose pages have these contents.</summary>
    public static PdfBuilder OfPages(params ReadOnlySpan<string> contents) => new PdfBuilder().AddPages(contents);

    /// <summary>The same with what was set before.</summary>
    public PdfBuilder AddPages(params ReadOnlySpan<string> contents)
    {
        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add("");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        var pages = new List<int>();
        foreach (var content in contents)
        {
            var stream = AddStream("", Bytes(content));
            pages.Add(AddPage($"/Contents {stream} 0 R"));
        }
        Set(Pages, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select(page => $"{page} 0 R"))}] >>");
        return this;
    }

    /// <summary>Content of a page that shows lines of text.</summary>
    public static string Lines(params ReadOnlySpan<string> lines)
    {
        var content = new StringBuilder("BT /F1 12 Tf 14 TL 72 720 Td ");
        foreach (var line in lines)
        {
            content.Append(CultureInfo.InvariantCulture, $"({line}) Tj T* ");
        }
        return content.Append("ET").ToString();
    }

    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            deflate.Write(content);
        }
        return packed.ToArray();
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Adds an object; gives its number.</summary>
    public int Add(string body) => Add(Bytes(body));

    public int AddStream(string entries, byte[] content, int? length = null)
    {
        var written = Cipher(_objects.Count + 1, content);
        return Add([.. Bytes($"<< /Length {length ?? written.Length} {entries} >>\nstream\n"), .. written, .. "\nendstream"u8]);
    }

    public int AddPage(string entries) => Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> {entries} >>");

    public void Set(int number, string body) => _objects[number - 1] = Bytes(body);

    /// <summary>The file with a table of its objects' places.</summary>
    public byte[] Build()
    {
        var file = new List<byte>(Bytes("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"));
        var table = new StringBuilder("0000000000 65535 f \n");
        for (var i = 0; i < _objects.Count; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Count:0000000000} 00000 n \n");
            file.AddRange([.. Bytes($"{i + 1} 0 obj\n"), .. _objects[i], .. "\nendobj\n"u8]);
        }
        file.AddRange(Bytes($"xref\n0 {_objects.Count + 1}\n{table}trailer\n<< /Size {_objects.Count + 1} /Root 1 0 R {Trailer} >>\nstartxref\n{file.Count}\n%%EOF\n"));
        return [.. file];
    }

    /// <summary>The file with all objects but streams in one compressed stream, and their places in another one.</summary>
    public byte[] BuildCompressed()
    {
        var file = new List<byte>("%PDF-1.7\n"u8.ToArray());
        var container = _objects.Count + 1;
        var entries = new List<byte>(new byte[8]);
        var (numbers, bodies) = (new StringBuilder(), new List<byte>());
        var count = 0;
        for (var i = 0; i < _objects.Count; i++)
        {
            if (_objects[i].AsSpan().IndexOf("endstream"u8) >= 0)
            {
                entries.AddRange(Entry(1, file.Count, 0));
                file.AddRange([.. Bytes($"{i + 1} 0 obj\n"), .. _objects[i], .. "\nendobj\n"u8]);
                continue;
            }
            numbers.Append(CultureInfo.InvariantCulture, $"{i + 1} {bodies.Count} ");
            bodies.AddRange([.. _objects[i], (byte)'\n']);
            entries.AddRange(Entry(2, container, count++));
        }
        var packed = Deflate([.. Bytes(numbers.ToString()), .. bodies]);
        entries.AddRange(Entry(1, file.Count, 0));
        file.AddRange([
            .. Bytes($"{container} 0 obj\n<< /Type /ObjStm /N {count} /First {numbers.Length} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"),
            .. packed, .. "\nendstream\nendobj\n"u8]);
        var place = file.Count;
        entries.AddRange(Entry(1, place, 0));
        packed = Deflate([.. entries]);
        file.AddRange([
            .. Bytes($"{container + 1} 0 obj\n<< /Type /XRef /Size {container + 2} /W [1 5 2] /Root 1 0 R {Trailer} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"),
            .. packed, .. Bytes($"\nendstream\nendobj\nstartxref\n{place}\n%%EOF\n")]);
        return [.. file];
    }

    private static byte[] Entry(byte kind, int place, int index) =>
        [kind, 0, (byte)(place >> 24), (byte)(place >> 16), (byte)(place >> 8), (byte)place, (byte)(index >> 8), (byte)index];

    private int Add(byte[] body)
    {
        _objects.Add(body);
        return _objects.Count;
    }
}
