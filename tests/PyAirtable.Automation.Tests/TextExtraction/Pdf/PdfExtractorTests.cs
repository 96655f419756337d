using System.Globalization;
using System.Text;
using System.Text.Json;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Pdf;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

public sealed class PdfExtractorTests
{
    private const string OnePage = "--- Page 1 ---\nHello one\nline2";

    [Theory]
    [Contract("2.6 PDF", "9.5")]
    [InlineData(false)]
    [InlineData(true)]
    public void Extract_ContractExample_IsShownExactly(bool compressed)
    {
        var pdf = PdfBuilder.OfPages(PdfBuilder.Lines("Hello one", "line2"), "");
        pdf.Trailer = $"/Info {pdf.Add("<< /Title (My T) >>")} 0 R";

        var found = Extract(compressed ? pdf.BuildCompressed() : pdf.Build());

        Assert.Null(found.Error);
        Assert.Equal("--- Page 1 ---\nHello one\nline2\n\n--- Page 2 ---", found.Content);
        Assert.Equal("""{"file_type":".pdf","pages":2,"title":"My T","author":"","subject":"","creator":""}""", found.Metadata);
    }

    [Fact]
    public void Extract_NoInformation_LeavesItOut() =>
        Assert.Equal("""{"file_type":".pdf","pages":1}""", Extract(PdfBuilder.OfPages("").Build()).Metadata);

    [Fact]
    [Contract("2.6 PDF")]
    public void Extract_Information_IsDecoded()
    {
        var pdf = PdfBuilder.OfPages("");
        pdf.Trailer = $"/Info {pdf.Add("<< /Title <FEFF00E9263A> /Author (A\\351) /Subject (s) /Creator (c) >>")} 0 R";

        Assert.Equal("""{"file_type":".pdf","pages":1,"title":"é☺","author":"Aé","subject":"s","creator":"c"}""", Extract(pdf.Build()).Metadata);
    }

    [Theory]
    [Contract("2.6 PDF")]
    [InlineData("")]
    [InlineData("this is no document")]
    [InlineData("%PDF-1.7\n")]
    public void Extract_Junk_SaysThatTheEndIsMissing(string junk)
    {
        var found = Extract(PdfBuilder.Bytes(junk));

        Assert.Equal(("", """{"file_type":".pdf"}""", "PDF extraction failed: EOF marker not found"), (found.Content, found.Metadata, found.Error));
    }

    [Fact]
    [Contract("2.6 PDF", "D18")]
    public void Extract_ManyPages_ReadsTheFirstOnes()
    {
        var pages = Enumerable.Range(1, 30).Select(page => PdfBuilder.Lines($"text {page}")).ToArray();

        var found = new PdfExtractor(20).Extract(PdfBuilder.OfPages(pages).Build(), ".pdf");

        Assert.EndsWith("--- Page 20 ---\ntext 20", found.Content, StringComparison.Ordinal);
        Assert.Equal("""{"file_type":".pdf","pages":30}""", found.Metadata);
    }

    [Fact]
    [Contract("2.6 PDF")]
    public void Extract_PageThatFails_IsSkippedWithItsHeader()
    {
        var pdf = PdfBuilder.OfPages(PdfBuilder.Lines("one"), PdfBuilder.Lines("two"));
        // The first page's content is a number.
        pdf.Set(4, "7");

        var found = Extract(pdf.Build());

        Assert.Equal("--- Page 2 ---\ntwo", found.Content);
        Assert.Equal("""{"file_type":".pdf","pages":2}""", found.Metadata);
    }

    public static TheoryData<string> Passwords => ["rc4", "aes 128", "aes 256"];

    [Theory]
    [Contract("2.6 PDF")]
    [MemberData(nameof(Passwords))]
    public void Extract_EncryptedWithoutPassword_IsRead(string cipher) =>
        Assert.Equal(OnePage, Extract(Encrypt(cipher, "").AddPages(PdfBuilder.Lines("Hello one", "line2")).Build()).Content);

    [Theory]
    [Contract("2.6 PDF")]
    [MemberData(nameof(Passwords))]
    public void Extract_EncryptedWithPassword_Fails(string cipher) => Assert.Equal(
        "PDF extraction failed: File has not been decrypted",
        Extract(Encrypt(cipher, "secret").AddPages(PdfBuilder.Lines("Hello one", "line2")).Build()).Error);

    // Content of a page and what is read of it.
    [Theory]
    [InlineData("BT /F1 12 Tf 72 720 Td [(Hel) 20 (lo) -300 (one)] TJ ET", "Hello one")]
    [InlineData("BT /F1 12 Tf 1 0 0 1 72 720 Tm (a) Tj 1 0 0 1 72 700 Tm (b) Tj ET", "a\nb")]
    [InlineData("BT /F1 12 Tf 14 TL 72 720 Td (a) Tj (b) ' 1 1 (c) \" ET", "a\nb\nc")]
    [InlineData("BT /F1 12 Tf 72 700 Td (second) Tj ET BT /F1 12 Tf 72 720 Td (first) Tj ET", "second\nfirst")]
    [InlineData("q 0.5 0 0 0.5 0 0 cm BT /F1 12 Tf 72 720 Td (small) Tj ET Q 0 0 m 9 9 l 3 w S", "small")]
    [InlineData("BT /F1 12 Tf 72 720 Td (a  ) Tj T* ( ) Tj 0 -20 Td (b) Tj ET", "a\nb")]
    [InlineData("BT /F1 12 Tf 72 720 Td (\\344\\200\\\\\\(\\)) Tj ET", "ä€\\()")]
    [InlineData("BT /F1 12 Tf 72 720 Td <4869> Tj ET", "Hi")]
    [InlineData("BT /F1 12 Tf 72 720 Td (seen) Tj 3 Tr 0 -14 Td (unseen) Tj ET", "seen\nunseen")]
    [InlineData("BI /W 1 /H 1 /BPC 8 /CS /G ID \u00ff EI BT /F1 12 Tf 72 720 Td (behind) Tj ET", "behind")]
    [InlineData("BT /F9 12 Tf 72 720 Td (no font) Tj /F1 12 Tf (font) Tj ET", "font")]
    [InlineData("Q Q Q nonsense 1 2 3 BT /F1 12 Tf 72 720 Td (still read) Tj ET", "still read")]
    public void Extract_Content_GivesLinesInItsOrder(string content, string expected) =>
        Assert.Equal("--- Page 1 ---\n" + expected, Extract(PdfBuilder.OfPages(content).Build()).Content);

    [Fact]
    public void Extract_ContentInParts_IsJoined()
    {
        var pdf = PdfBuilder.OfPages();
        var first = pdf.AddStream("", PdfBuilder.Bytes("BT /F1 12 Tf 72 720 Td (Hel"));
        var second = pdf.AddStream("", PdfBuilder.Bytes("lo) Tj ET"));
        SetPage(pdf, pdf.AddPage($"/Contents [{first} 0 R {second} 0 R]"));

        Assert.Contains("Hel", Extract(pdf.Build()).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_FontWithItsOwnCharacters_UsesTheirNames()
    {
        var pdf = PdfBuilder.OfPages(PdfBuilder.Lines("ABC"));
        var map = pdf.AddStream("", "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 3 beginbfchar <41> <0416> <42> <D83DDE00> <43> <00660066> endbfchar endcmap end"u8.ToArray());
        var descriptor = pdf.Add("<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 >>");
        pdf.Set(PdfBuilder.Font, $"<< /Type /Font /Subtype /Type1 /BaseFont /Own /FirstChar 65 /LastChar 67 /Widths [600 600 600] /FontDescriptor {descriptor} 0 R /ToUnicode {map} 0 R >>");

        Assert.Equal("--- Page 1 ---\nЖ😀ff", Extract(pdf.Build()).Content);
    }

    [Fact]
    public void Extract_FormInPage_IsRead()
    {
        var pdf = PdfBuilder.OfPages();
        var form = pdf.AddStream("/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 3 0 R >> >>", PdfBuilder.Bytes(PdfBuilder.Lines("in a form")));
        var content = pdf.AddStream("", PdfBuilder.Bytes("/X Do"));
        SetPage(pdf, pdf.AddPage($"/Contents {content} 0 R /Resources << /XObject << /X {form} 0 R >> >>"));

        Assert.Equal("--- Page 1 ---\nin a form", Extract(pdf.Build()).Content);
    }

    [Fact]
    public void Extract_NestedBookmarks_DoNotMatter()
    {
        var pdf = PdfBuilder.OfPages(PdfBuilder.Lines("Hello one", "line2"));
        var child = pdf.Add("<< /Title (150) >>");
        for (var i = 149; i > 0; i--)
        {
            child = pdf.Add($"<< /Title ({i}) /First {child} 0 R /Last {child} 0 R /Count 1 >>");
        }
        pdf.Set(PdfBuilder.Catalog, $"<< /Type /Catalog /Pages 2 0 R /Outlines {child} 0 R >>");

        Assert.Equal(OnePage, Extract(pdf.Build()).Content);
    }

    [Fact]
    public void Extract_Cancelled_Stops()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, PdfBuilder.OfPages("").Build());

        Assert.Throws<OperationCanceledException>(() => new PdfExtractor(10).Extract(path, new CancellationToken(canceled: true)));
        File.Delete(path);
    }

    private static PdfBuilder Encrypt(string cipher, string password) =>
        cipher == "aes 256" ? PdfEncryption.With256Bits(password) : PdfEncryption.With128Bits(password, aes: cipher == "aes 128");

    private static void SetPage(PdfBuilder pdf, int page) => pdf.Set(PdfBuilder.Pages, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");

    private static ExtractedText Extract(byte[] bytes) => new PdfExtractor(1000).Extract(bytes, ".pdf");
}
