using PyAirtable.Load.Comparison;

namespace PyAirtable.Load.Tests.Comparison;

public sealed class ComparisonReportTests
{
    private static readonly string Report = ComparisonReport.Write(
        Sides.Of((Sides.Side(5_000, 0.025, 30, 40, 50), Sides.Side(100, 1.5, 90, 120, 800, failed: 3))), ComparisonOptions.Read(["--quick"]), "0.42");

    [Theory]
    [InlineData("1 rounds, 3 s a route")]
    [InlineData("load average before: 0.42.")]
    [InlineData("0 requests of ours failed, 21 of the baseline's.")]
    public void Write_HowItWasMeasured_IsSaid(string text) => Assert.Contains(text, Report, StringComparison.Ordinal);

    [Theory]
    [InlineData("| route | side | /s | CPU s/1,000 | p50 ms | p95 ms | p99 ms |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")]
    [InlineData("| verify | ours | 5000.0 | 0.025 | 1.00 | 2.00 | 3.00 |\n| verify | Python | 100.0 | 1.500 | 1.00 | 2.00 | 3.00 |\n| verify | ratio | 50 | 0.017 | 1 | 1 | 1 |\n")]
    [InlineData("| start to the first 200, ms | 50 | 800 | 0.063 | 765 | 0.065 |\n")]
    [InlineData("| verify | 0.025 | 1.500 | 1.240 | 1.21 | 0.02 |\n")]
    [InlineData("| gateway | 40× | 50× | 60× | pass |\n")]
    [InlineData("| memory | 75% less | 67% less |  | fall short |\n")]
    public void Write_Tables_HaveTheirRows(string rows) => Assert.Contains(rows, Report, StringComparison.Ordinal);
}
