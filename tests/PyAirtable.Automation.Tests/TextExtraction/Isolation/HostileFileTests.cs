using PyAirtable.Automation.Tests.TextExtraction.Pdf;
using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction.Isolation;

/// <summary>Each hostile file, uploaded to the service, is read or refused by a child of little memory, and says why; the service answers all along.</summary>
public sealed class HostileFileTests(ExtractingService service) : IClassFixture<ExtractingService>
{
    public static TheoryData<string> Names => [.. HostileFiles.All.Keys, .. HostilePdfs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Extract_HostileFile_EndsWithinItsBounds(string name)
    {
        var (expected, content) = HostileFiles.All.TryGetValue(name, out var file) ? file : HostilePdfs.All[name];
        var found = await service.ExtractAsync(name, content());

        Assert.Equal(expected, (found.TryGetProperty("error", out var error) ? error : found.GetProperty("content")).GetString());
    }

    [Theory]
    [InlineData(".docx")]
    [InlineData(".xlsx")]
    public void Extract_CutAnywhere_SaysSo(string extension)
    {
        var whole = extension == ".docx" ? OfficeFile.Docx(OfficeFile.Paragraph("text")) : OfficeFile.Xlsx(("S", OfficeFile.Row("a")));
        for (var length = 0; length < whole.Length; length += 7)
        {
            using var file = new TemporaryFile(whole[..length], extension);
            var found = new TextExtractors(maxPdfPages: 10).Extract(file.Path, TestContext.Current.CancellationToken);

            Assert.Equal(extension == ".docx" ? "DOCX extraction failed: Package not found" : "Excel extraction failed: Excel file format cannot be determined, you must specify an engine manually.", found.Error);
        }
    }

    // One wrong byte: mostly the text is another one or the archive is damaged, never anything unforeseen.
    [Theory]
    [InlineData(".docx")]
    [InlineData(".xlsx")]
    public void Extract_OneWrongByte_IsReadOrRefused(string extension)
    {
        var whole = extension == ".docx" ? OfficeFile.Docx(OfficeFile.Paragraph("text") + OfficeFile.Table(["a", "b"])) : OfficeFile.Xlsx(("S", OfficeFile.Row("a", 1)));
        for (var at = 0; at < whole.Length; at++)
        {
            var wrong = (byte[])whole.Clone();
            wrong[at] ^= (byte)(1 << (at % 8));
            using var file = new TemporaryFile(wrong, extension);
            var error = new TextExtractors(maxPdfPages: 10).Extract(file.Path, TestContext.Current.CancellationToken).Error;

            Assert.True(error is null || error.StartsWith(extension == ".docx" ? "DOCX extraction failed: " : "Excel extraction failed: ", StringComparison.Ordinal), $"byte {at}: {error}");
        }
    }
}
