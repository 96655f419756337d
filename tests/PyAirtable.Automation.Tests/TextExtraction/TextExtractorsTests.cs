using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class TextExtractorsTests
{
    private readonly TextExtractors _extractors = new(maxPdfPages: 10);

    [Fact]
    [Contract("2.6 others")]
    public void Extract_OtherType_IsUnsupported()
    {
        var found = _extractors.Extract("/nowhere/0.RTF", TestContext.Current.CancellationToken);

        Assert.Equal(("Unsupported file type: .rtf", """{"file_type":".rtf"}"""), (found.Error, found.Metadata));
    }

    [Theory]
    [Contract("2.6 others")]
    [InlineData(".txt")]
    [InlineData(".csv")]
    [InlineData(".pdf")]
    [InlineData(".docx")]
    [InlineData(".xls")]
    [InlineData(".doc")]
    public void Extract_MissingFile_SaysSoWithoutPath(string extension)
    {
        var found = _extractors.Extract("/nowhere/0" + extension, TestContext.Current.CancellationToken);

        Assert.Equal(("File not found", "{}"), (found.Error, found.Metadata));
    }

    [Fact]
    [Contract("2.6 others", "D23")]
    public void Extract_NoFile_SaysSoWithoutPath()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():D}.docx");
        Directory.CreateDirectory(folder);
        var found = _extractors.Extract(folder, TestContext.Current.CancellationToken);
        Directory.Delete(folder);

        Assert.Equal(("Extraction failed: the file could not be read", """{"file_type":".docx"}"""), (found.Error, found.Metadata));
    }
}
