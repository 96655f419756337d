using System.Text;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Isolation;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class ExtractionMetricsTests
{
    [Theory]
    [InlineData(null, "processed")]
    [InlineData("PDF extraction failed: EOF marker not found", "failed")]
    [InlineData("Extraction failed: timed out after 300 seconds", "timed_out")]
    [InlineData("Extraction failed: the file needs more memory than allowed", "out_of_memory")]
    [InlineData(ExtractionProcess.Stopped, "stopped")]
    public async Task Ended_Outcome_IsCountedUnderItsName(string? error, string outcome)
    {
        using var metrics = new ServiceMetrics(TimeProvider.System);

        new ExtractionMetrics(metrics).Ended(new("", "{}", error), TimeSpan.FromMilliseconds(20));

        using var output = new MemoryStream();
        await metrics.WriteAsync(output, TestContext.Current.CancellationToken);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Equal([$$"""pyairtable_extractions_total{outcome="{{outcome}}"} 1"""], lines.Where(line => line.StartsWith("pyairtable_extractions_total", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal)));
        Assert.Contains("""pyairtable_extraction_seconds_bucket{le="0.05"} 1""", lines);
    }
}
