using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Tests.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void Write_Result_HasTablesOfEqualWidth()
    {
        var lines = MarkdownReport.Write(Results.Of100).Split('\n');

        Assert.Equal("# Load: day", lines[0]);
        var steps = lines.Where(line => line.StartsWith('|')).Take(5).Select(line => line.Count(character => character == '|')).ToList();
        Assert.Equal(Enumerable.Repeat(14, 5), steps);
        Assert.Contains("| p95_ms ≤ 25 ms | 5 | pass |", lines);
        Assert.Contains(lines, line => line.Contains("Failed 1 times: status 503.", StringComparison.Ordinal));
    }
}
