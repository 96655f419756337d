using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class TextExtractorsTests
{
    private readonly TextExtractors _extractors = new(TimeSpan.FromMinutes(1), TimeProvider.System);

    [Fact]
    public void Extract_OtherType_IsUnsupported()
    {
        var found = _extractors.Extract("/nowhere/0.PDF", TestContext.Current.CancellationToken);

        Assert.Equal(("Unsupported file type: .pdf", """{"file_type":".pdf"}"""), (found.Error, found.Metadata));
    }

    [Fact]
    public void Extract_MissingFile_SaysSoWithoutPath()
    {
        var found = _extractors.Extract("/nowhere/0.txt", TestContext.Current.CancellationToken);

        Assert.Equal(("File not found", "{}"), (found.Error, found.Metadata));
    }

    [Fact]
    public void Extract_OutOfTime_SaysHowLong()
    {
        var path = Path.ChangeExtension(Path.GetTempFileName(), ".csv");
        File.WriteAllText(path, "a,b\n1,2\n");
        var found = new TextExtractors(TimeSpan.Zero, TimeProvider.System).Extract(path, TestContext.Current.CancellationToken);
        File.Delete(path);

        Assert.Equal("Extraction failed: timed out after 0 seconds", found.Error);
    }
}
