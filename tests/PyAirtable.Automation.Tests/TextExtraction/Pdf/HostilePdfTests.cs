using System.Globalization;
using System.IO.Compression;
using System.Text;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Pdf;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

/// <summary>
/// Files that are made to keep a reader busy for ever or to fill its memory. An object that is a reference to itself is not among them:
/// the library follows it until the stack ends, which only the extraction's own process contains.
/// </summary>
public sealed class HostilePdfTests
{
    private static readonly string Text = PdfBuilder.Lines("Hello one", "line2");

    public static TheoryData<string, byte[]> Files => new()
    {
        { "previous table is itself", Changed(PdfBuilder.OfPages(Text), "/Prev 0000000000", pdf => $"/Prev {PlaceOf(pdf, "xref\n"):0000000000}") },
        { "pages are their own children", Page(pdf => pdf.Set(PdfBuilder.Pages, "<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R] >>")) },
        { "pages are each other's children", Page(pdf => pdf.Set(PdfBuilder.Pages, $"<< /Type /Pages /Count 1 /Kids [{pdf.Add("<< /Type /Pages /Kids [2 0 R 2 0 R] >>")} 0 R] >>")) },
        { "two billion pages", Page(pdf => pdf.Set(PdfBuilder.Pages, "<< /Type /Pages /Count 2000000000 /Kids [5 0 R] >>")) },
        { "page is its own parent's resources", Page(pdf => pdf.Set(5, "<< /Type /Page /Parent 5 0 R /Resources 5 0 R /Contents 4 0 R >>")) },
        { "length is the stream itself", Page(pdf => pdf.Set(4, "<< /Length 4 0 R >>\nstream\n" + Text + "\nendstream")) },
        { "length beyond the end", Page(pdf => pdf.Set(4, "<< /Length 2147483647 >>\nstream\n" + Text + "\nendstream")) },
        { "length below zero", Page(pdf => pdf.Set(4, "<< /Length -1 >>\nstream\n" + Text + "\nendstream")) },
        { "packed a thousand times", Page(pdf => pdf.Set(4, Latin1(Packed(PackedNothing(128), "/FlateDecode")))) },
        { "packed a million times", Page(pdf => pdf.Set(4, Latin1(Packed(PdfBuilder.Deflate(PackedNothing(512)), "[/FlateDecode /FlateDecode]")))) },
        { "arrays in arrays", Page(pdf => pdf.Set(4, Repeat("[", 200_000))) },
        { "dictionaries in dictionaries", Page(pdf => pdf.Set(4, Repeat("<< /A ", 200_000))) },
        { "arrays in arrays of content", Page(pdf => pdf.Set(4, Stream(Repeat("[", 200_000) + "] TJ"))) },
        { "text without an end", Page(pdf => pdf.Set(4, Stream("BT /F1 12 Tf " + Repeat("(", 500_000)))) },
        { "pages within pages", PagesWithinPages() },
        { "a thousand filters", Page(pdf => pdf.Set(4, $"<< /Length 3 /Filter [{Repeat("/ASCIIHexDecode ", 1000)}] >>\nstream\n41>\nendstream")) },
        { "filter is itself", Page(pdf => pdf.Set(4, $"<< /Length 3 /Filter {pdf.Add("[7 0 R]")} 0 R >>\nstream\n41>\nendstream")) },
        { "forms in circles", FormsInCircles() },
        { "forms that show forms", FormsThatShowForms() },
        { "map of characters is itself", Page(pdf => pdf.Set(PdfBuilder.Font, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 3 0 R >>")) },
        { "font is its own descendant", Page(pdf => pdf.Set(PdfBuilder.Font, "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [3 0 R] >>")) },
        { "object stream in itself", ObjectStreamInItself() },
        { "table with two billion entries", Changed(PdfBuilder.OfPages(Text), "xref\n0 6", _ => "xref\n0 2000000000") },
        { "saved states without end", Page(pdf => pdf.Set(4, Stream(Repeat("q ", 100_000)))) },
        { "font size beyond all", PdfBuilder.OfPages("BT /F1 1e308 Tf 1e308 0 0 1e308 1e308 1e308 Tm (big) Tj 1e308 1e308 Td (far) Tj ET").Build() },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Extract_MadeToHarm_GivesTextOrTheContractsError(string harm, byte[] file) => AssertSound(Extract(file), harm);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Extract_Damaged_GivesTextOrTheContractsError(bool compressed)
    {
        var pdf = PdfBuilder.OfPages(Text, "");
        pdf.Trailer = $"/Info {pdf.Add("<< /Title (My T) >>")} 0 R";
        foreach (var damaged in DocumentFile.Damaged(compressed ? pdf.BuildCompressed() : pdf.Build()))
        {
            AssertSound(Extract(damaged), "damage");
        }
    }

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

    private static void AssertSound(ExtractedText found, string harm) =>
        Assert.True(found.Error is null || found.Error.StartsWith("PDF extraction failed: ", StringComparison.Ordinal), $"{harm}: {found.Error}");

    private static ExtractedText Extract(byte[] bytes) => new PdfExtractor(1000).Extract(bytes, ".pdf");
}
