using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Tests.Reports;

public sealed class TextReportTests
{
    [Fact]
    public void Write_Result_HasStepsAndVerdicts()
    {
        var text = TextReport.Write(Results.Of100);

        Assert.Contains("<write>", text, StringComparison.Ordinal);
        Assert.Contains("success_percent ≥ 99.9 %: 99, fall short\n", text, StringComparison.Ordinal);
    }
}
