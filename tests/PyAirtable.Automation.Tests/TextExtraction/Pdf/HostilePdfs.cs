using System.Globalization;
using System.IO.Compression;
using System.Text;
using PyAirtable.Automation.TextExtraction.Isolation;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

/// <summary>PDF files made to keep a reader busy for ever or to fill its memory: name, what comes of it (an error, or the content), and its bytes.</summary>
internal static class HostilePdfs
{
    private const string Page1 = "--- Page 1 ---";
    private const string Read = Page1 + "\nHello one\nline2";
    private const string Damaged = "PDF extraction failed: the document is damaged";
    private const string Circle = "PDF extraction failed: an object refers to itself";

    private static readonly string Text = PdfBuilder.Lines("Hello one", "line2");

    public static IReadOnlyDictionary<string, (string Expected, Func<byte[]> Content)> All { get; } = new Dictionary<string, (string, Func<byte[]>)>
    {
        ["previous table is itself.pdf"] = (Read, () => Changed(PdfBuilder.OfPages(Text), "/Prev 0000000000", pdf => $"/Prev {PlaceOf(pdf, "xref\n"):0000000000}")),
        ["pages are their own children.pdf"] = ("", () => Page(pdf => pdf.Set(PdfBuilder.Pages, "<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R] >>"))),
        ["pages are each other's children.pdf"] = ("", () => Page(pdf => pdf.Set(PdfBuilder.Pages, $"<< /Type /Pages /Count 1 /Kids [{pdf.Add("<< /Type /Pages /Kids [2 0 R 2 0 R] >>")} 0 R] >>"))),
        ["two billion pages.pdf"] = (Read, () => Page(pdf => pdf.Set(PdfBuilder.Pages, "<< /Type /Pages /Count 2000000000 /Kids [5 0 R] >>"))),
        ["page is its own parent's resources.pdf"] = (Page1, () => Page(pdf => pdf.Set(5, "<< /Type /Page /Parent 5 0 R /Resources 5 0 R /Contents 4 0 R >>"))),
        ["length is the stream itself.pdf"] = (Read, () => Page(pdf => pdf.Set(4, "<< /Length 4 0 R >>\nstream\n" + Text + "\nendstream"))),
        ["length beyond the end.pdf"] = (Read, () => Page(pdf => pdf.Set(4, "<< /Length 2147483647 >>\nstream\n" + Text + "\nendstream"))),
        ["length below zero.pdf"] = (Read, () => Page(pdf => pdf.Set(4, "<< /Length -1 >>\nstream\n" + Text + "\nendstream"))),
        ["packed a thousand times.pdf"] = ("", () => Page(pdf => pdf.Set(4, Latin1(Packed(PackedNothing(128), "/FlateDecode"))))),
        ["packed a million times.pdf"] = ("", () => Page(pdf => pdf.Set(4, Latin1(Packed(PdfBuilder.Deflate(PackedNothing(512)), "[/FlateDecode /FlateDecode]"))))),
        ["arrays in arrays.pdf"] = ("", () => Page(pdf => pdf.Set(4, Repeat("[", 200_000)))),
        ["dictionaries in dictionaries.pdf"] = ("", () => Page(pdf => pdf.Set(4, Repeat("<< /A ", 200_000)))),
        ["arrays in arrays of content.pdf"] = ("", () => Page(pdf => pdf.Set(4, Stream(Repeat("[", 200_000) + "] TJ")))),
        ["text without an end.pdf"] = (Page1, () => Page(pdf => pdf.Set(4, Stream("BT /F1 12 Tf " + Repeat("(", 500_000))))),
        ["pages within pages.pdf"] = (Read, () => PagesWithinPages()),
        ["a thousand filters.pdf"] = ("", () => Page(pdf => pdf.Set(4, $"<< /Length 3 /Filter [{Repeat("/ASCIIHexDecode ", 1000)}] >>\nstream\n41>\nendstream"))),
        ["filter is itself.pdf"] = ("", () => Page(pdf => pdf.Set(4, $"<< /Length 3 /Filter {pdf.Add("[7 0 R]")} 0 R >>\nstream\n41>\nendstream"))),
        ["forms in circles.pdf"] = (Page1, () => FormsInCircles()),
        ["forms that show forms.pdf"] = (Page1, () => FormsThatShowForms()),
        ["map of characters is itself.pdf"] = (Read, () => Page(pdf => pdf.Set(PdfBuilder.Font, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 3 0 R >>"))),
        ["font is its own descendant.pdf"] = (Page1, () => Page(pdf => pdf.Set(PdfBuilder.Font, "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [3 0 R] >>"))),
        ["object stream in itself.pdf"] = (Damaged, () => ObjectStreamInItself()),
        ["table with two billion entries.pdf"] = (Read, () => Changed(PdfBuilder.OfPages(Text), "xref\n0 6", _ => "xref\n0 2000000000")),
        ["saved states without end.pdf"] = (Page1, () => Page(pdf => pdf.Set(4, Stream(Repeat("q ", 100_000))))),
        ["font size beyond all.pdf"] = (Page1 + "\nbigfar", () => PdfBuilder.OfPages("BT /F1 1e308 Tf 1e308 0 0 1e308 1e308 1e308 Tm (big) Tj 1e308 1e308 Td (far) Tj ET").Build()),
        ["object is itself.pdf"] = (Circle, () => Page(pdf => pdf.Set(4, "4 0 R"))),
        ["catalog is itself.pdf"] = (Circle, () => Page(pdf => pdf.Set(PdfBuilder.Catalog, "1 0 R"))),
        ["pages are each other.pdf"] = (Circle, () => Page(pdf => pdf.Set(PdfBuilder.Pages, $"{pdf.Add("2 0 R")} 0 R"))),
        ["previous tables in circles.pdf"] = (Read, TablesInCircles),
        ["outlines in circles.pdf"] = (Read, () => Page(pdf => pdf.Set(PdfBuilder.Catalog, $"<< /Type /Catalog /Pages 2 0 R /Outlines {pdf.Add("<< /First 6 0 R /Last 6 0 R /Next 6 0 R >>")} 0 R >>"))),
        ["names in circles.pdf"] = (ExtractionProcess.Stopped, () => NamesInCircles().Build()),
        ["names in circles, packed.pdf"] = (ExtractionProcess.Stopped, () => NamesInCircles().BuildCompressed()),
        ["names without end.pdf"] = (ExtractionProcess.Stopped, NamesWithoutEnd),
        ["parents in circles.pdf"] = (Read, () => Page(pdf => pdf.Set(PdfBuilder.Pages, $"<< /Type /Pages /Count 1 /Kids [5 0 R] /Parent {pdf.Add("<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] >>")} 0 R >>"))),
        ["lengths in circles.pdf"] = (ExtractionProcess.Stopped, () => Page(pdf => pdf.Set(4, $"<< /Length {pdf.Add("<< /Length 4 0 R >>\nstream\nx\nendstream")} 0 R >>\nstream\n{Text}\nendstream"))),
        ["function is its own part.pdf"] = (ExtractionProcess.Stopped, () => Shaded("/DeviceRGB", "<< /FunctionType 3 /Domain [0 1] /Functions [6 0 R] /Bounds [] /Encode [0 1] >>")),
        ["color space is its own base.pdf"] = ("", () => Shaded("6 0 R", "[/Indexed 6 0 R 1 <000000>]")),
        ["a password is asked for.pdf"] = ("PDF extraction failed: File has not been decrypted", () => PdfEncryption.With128Bits("secret", aes: true).AddPages(Text).Build()),
        ["cut off.pdf"] = ("PDF extraction failed: EOF marker not found", () => PdfBuilder.OfPages(Text).Build()[..300]),
        ["empty.pdf"] = ("PDF extraction failed: EOF marker not found", () => []),
        ["really a document.pdf"] = ("PDF extraction failed: EOF marker not found", () => OfficeFile.Docx(OfficeFile.Paragraph("text"))),
        ["only the marker.pdf"] = (Damaged, () => "%%EOF"u8.ToArray()),
    };

    private static byte[] Page(Action<PdfBuilder> change)
    {
        var pdf = PdfBuilder.OfPages(Text);
        change(pdf);
        return pdf.Build();
    }

    private static byte[] Changed(PdfBuilder pdf, string what, Func<string, string> how)
    {
        pdf.Trailer = what.StartsWith('/') ? what : "";
        var file = Encoding.Latin1.GetString(pdf.Build());
        return PdfBuilder.Bytes(file.Replace(what, how(file), StringComparison.Ordinal));
    }

    private static int PlaceOf(string file, string what) => file.LastIndexOf("\n" + what, StringComparison.Ordinal) + 1;

    private static string Stream(string content) => $"<< /Length {content.Length} >>\nstream\n{content}\nendstream";

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private static string Form(string content, string forms) =>
        $"<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << {forms} >> >> /Length {content.Length} >>\nstream\n{content}\nendstream";

    private static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] Packed(byte[] content, string filters) => [.. PdfBuilder.Bytes($"<< /Length {content.Length} /Filter {filters} >>\nstream\n"), .. content, .. "\nendstream"u8];

    // Megabytes of blanks.
    private static byte[] PackedNothing(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            var blanks = Enumerable.Repeat((byte)' ', 1024 * 1024).ToArray();
            for (var i = 0; i < megabytes; i++)
            {
                deflate.Write(blanks);
            }
        }
        return packed.ToArray();
    }

    private static byte[] PagesWithinPages()
    {
        var pdf = PdfBuilder.OfPages(Text);
        pdf.Set(PdfBuilder.Pages, "<< /Type /Pages /Count 1 /Kids [6 0 R] >>");
        for (var i = 0; i < 20_000; i++)
        {
            pdf.Add($"<< /Type /Pages /Count 1 /Kids [{7 + i} 0 R] >>");
        }
        pdf.AddPage("/Contents 4 0 R");
        return pdf.Build();
    }

    private static PdfBuilder NamesInCircles()
    {
        var pdf = PdfBuilder.OfPages(Text);
        pdf.Set(PdfBuilder.Catalog, $"<< /Type /Catalog /Pages 2 0 R /Names << /Dests {pdf.Add("<< /Kids [6 0 R 6 0 R] >>")} 0 R >> >>");
        return pdf;
    }

    // Each node of the tree has the next one in it.
    private static byte[] NamesWithoutEnd()
    {
        var pdf = PdfBuilder.OfPages(Text);
        pdf.Set(PdfBuilder.Catalog, "<< /Type /Catalog /Pages 2 0 R /Names << /Dests 6 0 R >> >>");
        for (var i = 0; i < 200_000; i++)
        {
            pdf.Add($"<< /Kids [{7 + i} 0 R] >>");
        }
        pdf.Add("<< /Names [] >>");
        return pdf.Build();
    }

    // A page with a shading of object 6 in its resources.
    private static byte[] Shaded(string space, string object6)
    {
        var pdf = PdfBuilder.OfPages(Text);
        pdf.Set(5, $"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> /Shading << /S << /ShadingType 2 /ColorSpace {space} /Coords [0 0 1 1] /Function 6 0 R >> >> >> >>");
        pdf.Add(object6);
        return pdf.Build();
    }

    // A shows B, which shows A.
    private static byte[] FormsInCircles()
    {
        var pdf = PdfBuilder.OfPages("/A Do");
        pdf.Set(5, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /A 6 0 R >> >> >>");
        pdf.Add(Form("/B Do", "/B 7 0 R"));
        pdf.Add(Form("/A Do", "/A 6 0 R"));
        return pdf.Build();
    }

    // Each of thirty forms shows the next one ten times.
    private static byte[] FormsThatShowForms()
    {
        var pdf = PdfBuilder.OfPages("/A Do");
        pdf.Set(5, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /A 6 0 R >> >> >>");
        for (var i = 0; i < 30; i++)
        {
            pdf.Add(Form(Repeat("/A Do ", 10), $"/A {7 + i} 0 R"));
        }
        pdf.Add(Form("", ""));
        return pdf.Build();
    }

    // The table says that the catalog is in an object stream, and that this stream is in itself.
    private static byte[] ObjectStreamInItself()
    {
        byte[] entries = [0, 0, 0, 0, 2, 0, 2, 0, 2, 0, 2, 0, 1, 0, 9, 0];
        var hex = Convert.ToHexString(entries) + ">";
        return PdfBuilder.Bytes(string.Create(
            CultureInfo.InvariantCulture,
            $"%PDF-1.7\n3 0 obj\n<< /Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter /ASCIIHexDecode /Length {hex.Length} >>\nstream\n{hex}\nendstream\nendobj\nstartxref\n9\n%%EOF\n"));
    }

    // Two tables, each of which says that the other one is its previous one.
    private static byte[] TablesInCircles()
    {
        var pdf = PdfBuilder.OfPages(Text);
        pdf.Trailer = "/Prev 0000000000";
        var file = Encoding.Latin1.GetString(pdf.Build());
        var first = PlaceOf(file, "xref\n");
        var second = file.Length;
        file = file.Replace("/Prev 0000000000", $"/Prev {second:0000000000}", StringComparison.Ordinal);
        return PdfBuilder.Bytes(string.Create(CultureInfo.InvariantCulture, $"{file}xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {first} >>\nstartxref\n{second}\n%%EOF\n"));
    }
}
