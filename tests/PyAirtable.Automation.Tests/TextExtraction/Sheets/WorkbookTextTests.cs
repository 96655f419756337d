using System.Text;
using PyAirtable.Automation.TextExtraction.Workbooks;

namespace PyAirtable.Automation.Tests.TextExtraction.Sheets;

public sealed class WorkbookTextTests
{
    // Sheets by their rows, and the text.
    [Theory]
    [InlineData("--- Sheet: 0 ---\n a\n 1")]
    [InlineData("--- Sheet: 0 ---\n a\n 1\n\n--- Sheet: 1 ---\nEmpty DataFrame\nColumns: []\nIndex: []\n\n--- Sheet: 2 ---\n a\nü😀", "", "ü😀")]
    [InlineData("--- Sheet: 0 ---\n a\n 1\n\n--- Sheet: 1 ---\n      a\nx\\n y", "x\n y  ")]
    public void WriteContent_Sheets_IsTheContentByteForByte(string expected, params string[] further)
    {
        var sheets = new[] { "1" }.Concat(further).Select(static (cell, i) => ($"{i}", cell switch
        {
            "" => "",
            "1" => OfficeFile.Row("a") + OfficeFile.Row(1),
            _ => OfficeFile.Row("a") + OfficeFile.Row(cell),
        }));
        using var file = new TemporaryFile(OfficeFile.Xlsx([.. sheets]), ".xlsx");
        var found = new XlsxExtractor().Extract(file.Path, TestContext.Current.CancellationToken);
        using var written = new MemoryStream();
        found.WriteContent(written);

        Assert.Equal(expected, found.Content);
        Assert.Equal((expected.Length, written.Length, expected), (found.Length, found.ByteLength, Encoding.UTF8.GetString(written.ToArray())));
    }
}
