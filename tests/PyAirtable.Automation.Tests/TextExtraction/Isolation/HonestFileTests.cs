using System.Globalization;
using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Tests.TextExtraction.Pdf;
using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction.Isolation;

/// <summary>Documents of the largest kinds that people have: a child with the memory of the service's default reads them.</summary>
public sealed class HonestFileTests
{
    private const long DefaultMemory = 512L << 20;

    [Fact]
    public async Task Extract_PdfOfTenThousandPages_IsRead()
    {
        var found = await ExtractAsync(PdfBuilder.OfPages([.. Enumerable.Range(1, 10_000).Select(page => PdfBuilder.Lines($"text of page {page}"))]).BuildCompressed(), ".pdf");

        Assert.Equal((null, """{"file_type":".pdf","pages":10000}"""), (found.Error, found.Metadata));
        Assert.EndsWith("--- Page 1000 ---\ntext of page 1000", found.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_PdfOfNestedBookmarks_IsRead()
    {
        const int Depth = 150;
        var pdf = PdfBuilder.OfPages(PdfBuilder.Lines("text"));
        var root = pdf.Add("");
        pdf.Set(PdfBuilder.Catalog, $"<< /Type /Catalog /Pages 2 0 R /Outlines {root} 0 R >>");
        pdf.Set(root, $"<< /Type /Outlines /First {root + 1} 0 R /Last {root + 1} 0 R /Count {Depth} >>");
        for (var i = 1; i <= Depth; i++)
        {
            var below = i < Depth ? $"/First {root + i + 1} 0 R /Last {root + i + 1} 0 R /Count {Depth - i}" : "";
            pdf.Add($"<< /Title (Level {i}) /Parent {root + i - 1} 0 R /Dest [5 0 R /Fit] {below} >>");
        }
        var found = await ExtractAsync(pdf.Build(), ".pdf");

        Assert.Equal((null, "--- Page 1 ---\ntext"), (found.Error, found.Content));
    }

    [Fact]
    public async Task Extract_DocumentOfNestedBookmarksAndElements_IsRead()
    {
        var bookmarks = string.Concat(Enumerable.Range(0, 150).Select(i => $"<w:bookmarkStart w:id=\"{i}\" w:name=\"b{i}\"/>"));
        var nested = string.Concat(Enumerable.Repeat("<w:sdt><w:sdtContent>", 75)) + string.Concat(Enumerable.Repeat("</w:sdtContent></w:sdt>", 75));
        var ends = string.Concat(Enumerable.Range(0, 150).Select(i => $"<w:bookmarkEnd w:id=\"{149 - i}\"/>"));
        var found = await ExtractAsync(OfficeFile.Docx($"{bookmarks}{OfficeFile.Paragraph("text")}<w:p>{nested}</w:p>{ends}"), ".docx");

        Assert.Equal((null, "text"), (found.Error, found.Content));
    }

    [Fact]
    public async Task Extract_DocumentOfAThousandPages_IsRead()
    {
        var found = await ExtractAsync(OfficeFile.Docx(string.Concat(Enumerable.Range(0, 40_000).Select(i => OfficeFile.Paragraph($"paragraph {i} of a long book")))), ".docx");

        Assert.Null(found.Error);
        Assert.Equal(40_000, JsonElement.Parse(found.Metadata).GetProperty("paragraph_count").GetInt32());
    }

    // All of them in rows that are read; then in more rows than are read.
    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(50_000, 20)]
    public async Task Extract_WorkbookOfAMillionCells_IsRead(int rows, int columns)
    {
        var cells = new StringBuilder();
        for (var row = 1; row <= rows; row++)
        {
            cells.Append("<row>");
            for (var column = 0; column < columns; column++)
            {
                cells.Append(CultureInfo.InvariantCulture, $"<c><v>{(row * column) / 4.0}</v></c>");
            }
            cells.Append("</row>");
        }
        var found = await ExtractAsync(OfficeFile.Xlsx(("S", cells.ToString())), ".xlsx");

        Assert.Null(found.Error);
        var sheet = JsonElement.Parse(found.Metadata).GetProperty("sheets")[0];
        Assert.Equal((Math.Min(rows - 1, 1000), columns), (sheet.GetProperty("rows").GetInt32(), sheet.GetProperty("columns").GetInt32()));
    }

    private static async Task<ExtractedText> ExtractAsync(byte[] content, string extension)
    {
        using var file = new TemporaryFile(content, extension);
        return await ChildCommand.Runner(memory: DefaultMemory, timeout: TimeSpan.FromMinutes(5)).ExtractAsync(file.Path, TestContext.Current.CancellationToken);
    }
}
