using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction.Documents;

public sealed class DocxExtractorTests
{
    // Bodies, and what python-docx makes of them.
    public static TheoryData<string, string> Bodies => new()
    {
        { OfficeFile.Paragraph("a") + OfficeFile.Paragraph("") + OfficeFile.Paragraph("b"), "a\n\nb" },
        { "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:ptab/><w:t>e</w:t></w:r></w:p>", "a\tb\nc\nd-\te" },
        { "<w:p><w:r><w:t>a</w:t><w:br w:type=\"page\"/><w:br w:type=\"column\"/><w:t>b</w:t><w:br w:type=\"textWrapping\"/><w:t>c</w:t></w:r></w:p>", "ab\nc" },
        { "<w:p><w:r><w:t>see </w:t></w:r><w:hyperlink r:id=\"x\"><w:r><w:t>this</w:t></w:r><w:r><w:t> link</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>", "see this link." },
        { "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", "kept" },
        { "<w:p><w:r><mc:AlternateContent><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:AlternateContent><w:t>x</w:t></w:r></w:p>", "x" },
        { "<w:p><w:r><w:t>1 &lt; 2 &amp;&#x41;&#66;&#128512; &quot;&apos;&gt;</w:t></w:r></w:p>", "1 < 2 &AB😀 \"'>" },
        { "<w:p><w:r><w:t><![CDATA[<b>&amp;]]>é<!-- no -->ü</w:t></w:r></w:p>", "<b>&amp;éü" },
        { "<w:p><w:r><w:t>a\r\nb</w:t></w:r></w:p>", "a\nb" },
        { "<w:sdt><w:sdtContent>" + OfficeFile.Paragraph("control") + "</w:sdtContent></w:sdt>" + OfficeFile.Paragraph("x"), "x" },
        { OfficeFile.Table(["a", "b"], ["c", "d"]) + OfficeFile.Paragraph("after"), "after\na | b\nc | d" },
        { "<w:tbl><w:tr>" + OfficeFile.Cell("wide", "<w:gridSpan w:val=\"2\"/>") + OfficeFile.Cell("x") + "</w:tr></w:tbl>", "wide | wide | x" },
        { "<w:tbl><w:tr>" + OfficeFile.Cell("tall", "<w:vMerge w:val=\"restart\"/>") + OfficeFile.Cell("1") + "</w:tr><w:tr>" + OfficeFile.Cell("", "<w:vMerge/>") + OfficeFile.Cell("2") + "</w:tr><w:tr>" + OfficeFile.Cell("", "<w:vMerge w:val=\"continue\"/>") + OfficeFile.Cell("3") + "</w:tr></w:tbl>", "tall | 1\ntall | 2\ntall | 3" },
        { "<w:tbl><w:tr><w:tc>" + OfficeFile.Paragraph("one ") + OfficeFile.Paragraph(" two") + OfficeFile.Table(["nested"]) + "</w:tc></w:tr></w:tbl>", "one \n two" },
    };

    [Fact]
    [Contract("2.6 DOCX", "9.5")]
    public void Extract_Example_GivesTheContractsText()
    {
        var found = Extract(OfficeFile.Docx(
            OfficeFile.Paragraph("T") + OfficeFile.Paragraph("Para") + OfficeFile.Table([" a ", "b"], ["c", ""]) + OfficeFile.Paragraph("") + OfficeFile.Paragraph("end")));

        Assert.Equal("T\nPara\n\nend\na | b\nc |", found.Content);
        Assert.Equal("""{"file_type":".docx","paragraph_count":4,"table_count":1,"character_count":23}""", found.Metadata);
        Assert.Null(found.Error);
    }

    [Theory]
    [Contract("2.6 DOCX")]
    [MemberData(nameof(Bodies))]
    public void Extract_Body_GivesItsText(string body, string expected) => Assert.Equal((null, expected), (Extract(OfficeFile.Docx(body)).Error, Extract(OfficeFile.Docx(body)).Content));

    [Theory]
    [Contract("2.6 DOCX")]
    [InlineData("<dc:title>My T</dc:title><dc:creator>Ada &amp; Bob</dc:creator>", ""","title":"My T","author":"Ada & Bob"}""")]
    [InlineData("<dc:title/><dc:creator></dc:creator>", "}")]
    [InlineData("<dc:title>T</dc:title><broken", ""","title":"T"}""")]
    public void Extract_Properties_AreInTheMetadata(string properties, string expected) =>
        Assert.Equal("""{"file_type":".docx","paragraph_count":1,"table_count":0,"character_count":2""" + expected, Extract(OfficeFile.Docx(OfficeFile.Paragraph("😀"), properties)).Metadata);

    [Fact]
    public void Extract_CalledDoc_IsReadAsDocx()
    {
        var found = Extract(OfficeFile.Docx(OfficeFile.Paragraph("a")), ".DOC");

        Assert.Equal(("a", """{"file_type":".docx","paragraph_count":1,"table_count":0,"character_count":2}"""), (found.Content, found.Metadata));
    }

    [Fact]
    public void Extract_OtherPrefix_IsRead() =>
        Assert.Equal("a", Extract(OfficeFile.Archive(OfficeFile.Ties("d.xml"), ("d.xml", "<document xmlns='w'><body><p><r><t>a</t></r></p></body></document>"))).Content);

    [Theory]
    [Contract("2.6 DOCX", "D23")]
    [InlineData("", "Package not found")]
    [InlineData("no document", "Package not found")]
    public void Extract_NoArchive_SaysSo(string content, string reason)
    {
        var found = Extract(System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Equal(("DOCX extraction failed: " + reason, """{"file_type":".docx"}""", ""), (found.Error, found.Metadata, found.Content));
    }

    private static ExtractedText Extract(byte[] content, string extension = ".docx")
    {
        using var file = new TemporaryFile(content, extension);
        return new TextExtractors(maxPdfPages: 10).Extract(file.Path, TestContext.Current.CancellationToken);
    }
}
