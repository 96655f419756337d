using PyAirtable.Automation.Tests.TextExtraction.Isolation;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class ExtractionRunnerTests
{
    [Theory]
    [Contract("D18")]
    [InlineData(".txt")]
    [InlineData(".docx")]
    public async Task ExtractAsync_OutOfTime_SaysHowLong(string extension)
    {
        using var file = new TemporaryFile("a,b\n1,2\n"u8.ToArray(), extension);
        var found = await ChildCommand.Runner(timeout: TimeSpan.Zero).ExtractAsync(file.Path, TestContext.Current.CancellationToken);

        Assert.Equal(("Extraction failed: timed out after 0 seconds", $$"""{"file_type":"{{extension}}"}"""), (found.Error, found.Metadata));
    }

    [Fact]
    public async Task ExtractAsync_Cancelled_Throws()
    {
        using var file = new TemporaryFile([], ".docx");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChildCommand.Runner().ExtractAsync(file.Path, new CancellationToken(canceled: true)));
    }
}
