using System.Text;
using PyAirtable.Automation.Tests.TextExtraction.CompoundFiles;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.WordDocuments;

namespace PyAirtable.Automation.Tests.TextExtraction.WordDocuments;

public sealed class DocExtractorTests
{
    [Fact]
    [Contract("2.6 DOC")]
    public void Extract_ContractExample_IsShownAsTheNewerFormat()
    {
        var found = Extract(new WordDocumentBuilder().Paragraph("T").Paragraph("Para").Row(" a ", "b").Row("c", "").Paragraph("").Paragraph("end"));

        Assert.Null(found.Error);
        Assert.Equal("T\nPara\n\nend\na | b\nc |", found.Content);
        Assert.Equal("""{"file_type":".docx","paragraph_count":4,"table_count":1,"character_count":23}""", found.Metadata);
    }

    // A paragraph's text with its marks, and what is shown.
    [Theory]
    [InlineData("caf\u00e9 \u2603", "caf\u00e9 \u2603")]
    [InlineData("a\vb\tc", "a\nb\tc")]
    [InlineData("non\u001ebreaking so\u001fft", "non-breaking soft")]
    [InlineData("note\u0002 picture\u0001 drawn\u0008 page\fbreak", "note picture drawn pagebreak")]
    [InlineData("see \u0013HYPERLINK \"http://a\"\u0014here\u0015.", "see here.")]
    [InlineData("\u0013IF \u0013PAGE\u00142\u0015 = 2\u0014yes\u0015!", "yes!")]
    [InlineData("no result \u0013PRIVATE\u0015.", "no result .")]
    [InlineData("lone \u0014\u0015 marks", "lone  marks")]
    public void Extract_Marks_ShowWhatTheyStandFor(string text, string expected) =>
        Assert.Equal(expected + "\nend", Extract(new WordDocumentBuilder().Paragraph(text).Paragraph("end")).Content);

    [Fact]
    public void Extract_CellOfManyParagraphs_KeepsThemTogether()
    {
        var found = Extract(new WordDocumentBuilder().ParagraphInCell("one").Cell("two").Cell("b").EndRow().Paragraph("after"));

        Assert.Equal("after\none\ntwo | b", found.Content);
        Assert.Equal("""{"file_type":".docx","paragraph_count":1,"table_count":1,"character_count":18}""", found.Metadata);
    }

    [Fact]
    public void Extract_TablesWithAParagraphBetween_AreTwo() => Assert.Contains(
        "\"table_count\":2",
        Extract(new WordDocumentBuilder().Row("a").Paragraph("between").Row("b").Row("c").Paragraph("")).Metadata,
        StringComparison.Ordinal);

    [Fact]
    public void Extract_EndOfSection_EndsTheParagraph() =>
        Assert.Equal("first\nsecond", Extract(new WordDocumentBuilder().Section("first").Paragraph("second")).Content);

    [Fact]
    public void Extract_NotesAndHeaders_AreLeftOut() =>
        Assert.Equal("body", Extract(new WordDocumentBuilder { Further = "a note\r" }.Paragraph("body")).Content);

    [Theory]
    [InlineData(1251, new byte[] { 0xCC, 0xE8, 0xF0, 0 }, "Мир")]
    [InlineData(65001, new byte[] { 0xC3, 0xA9, 0 }, "é")]
    [InlineData(1252, new byte[] { 0x80, 0 }, "€")]
    public void Extract_Summary_GivesTitleAndAuthor(int codePage, byte[] title, string expected)
    {
        var found = Extract(new WordDocumentBuilder()
            .Stream("\u0005SummaryInformation", WordDocumentBuilder.Summary(codePage, title, "Ada\0"u8.ToArray()))
            .Paragraph("x"));

        Assert.EndsWith($$""","title":"{{expected}}","author":"Ada"}""", found.Metadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0300, 0x00C1)]
    [InlineData(0x0200, 0x0065)]
    [InlineData(0x0000, 0x00C1)]
    public void Extract_EncryptedOlderOrIncomplete_Fails(int flags, int version) =>
        AssertFailed(Extract(new WordDocumentBuilder { Flags = (ushort)flags, Version = (ushort)version }.Paragraph("x")));

    [Theory]
    [InlineData(uint.MaxValue, null)]
    [InlineData(0x7FFFFFFFu, null)]
    [InlineData(1000u, 1000)]
    [InlineData(0x7FFFFFFFu, -1)]
    [InlineData(null, 0)]
    public void Extract_LengthThatIsNotTrue_Fails(uint? length, int? end) =>
        AssertFailed(Extract(new WordDocumentBuilder { ClaimedLength = length, ClaimedEnd = end }.Paragraph("some text")));

    [Fact]
    public void Extract_MoreTextThanMayBeKept_EndsWithTheLimit() => Assert.Throws<ExtractionLimitException>(
        () => Extract(new WordDocumentBuilder { ClaimedLength = 0x7FFFFFFF, ClaimedEnd = 0x7FFFFFFF }.Paragraph("some text")));

    [Fact]
    [Contract("2.6 DOC")]
    public void Extract_SomethingElse_Fails()
    {
        AssertFailed(Extract([]));
        AssertFailed(Extract("no document"u8.ToArray()));
        AssertFailed(Extract(CompoundFileBuilder.Build(("Workbook", new byte[5000]))));
        AssertFailed(Extract(CompoundFileBuilder.Build(("WordDocument", []))));
    }

    [Fact]
    public void Extract_Damaged_GivesTextOrTheContractsError()
    {
        var document = new WordDocumentBuilder().Paragraph("T").Row("a", "b").Row("c", "\u0013X\u0014d\u0015").Section("e").Paragraph("end")
            .Stream("\u0005SummaryInformation", WordDocumentBuilder.Summary(1252, "t"u8.ToArray(), "a"u8.ToArray()));
        foreach (var damaged in DocumentFile.Damaged(document.Build()))
        {
            var found = Extract(damaged);

            Assert.True(found.Error is null or "DOCX extraction failed: Package not found", found.Error);
        }
    }

    private static void AssertFailed(ExtractedText found) => Assert.Equal(
        ("", """{"file_type":".docx"}""", "DOCX extraction failed: Package not found"),
        (found.Content, found.Metadata, found.Error));

    private static ExtractedText Extract(WordDocumentBuilder document) => Extract(document.Build());

    private static ExtractedText Extract(byte[] bytes) => new DocExtractor().Extract(bytes, ".doc");
}
