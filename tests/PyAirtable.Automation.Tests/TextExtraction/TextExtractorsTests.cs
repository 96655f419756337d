using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class TextExtractorsTests
{
    private readonly TextExtractors _extractors = new(TimeSpan.FromMinutes(1), TimeProvider.System, maxPdfPages: 10);

    [Fact]
    public void Extract_OtherType_IsUnsupported()
    {
        var found = _extractors.Extract("/nowhere/0.ODT", TestContext.Current.CancellationToken);

        Assert.Equal(("Unsupported file type: .odt", """{"file_type":".odt"}"""), (found.Error, found.Metadata));
    }

    [Theory]
    [InlineData(".txt")]
    [InlineData(".csv")]
    [InlineData(".pdf")]
    [InlineData(".xls")]
    [InlineData(".doc")]
    public void Extract_MissingFile_SaysSoWithoutPath(string extension)
    {
        var found = _extractors.Extract("/nowhere/0" + extension, TestContext.Current.CancellationToken);

        Assert.Equal(("File not found", "{}"), (found.Error, found.Metadata));
    }

    [Fact]
    public void Extract_OutOfTime_SaysHowLong()
    {
        var path = Path.ChangeExtension(Path.GetTempFileName(), ".csv");
        File.WriteAllText(path, "a,b\n1,2\n");
        var found = new TextExtractors(TimeSpan.Zero, TimeProvider.System, maxPdfPages: 10).Extract(path, TestContext.Current.CancellationToken);
        File.Delete(path);

        Assert.Equal("Extraction failed: timed out after 0 seconds", found.Error);
    }
}
