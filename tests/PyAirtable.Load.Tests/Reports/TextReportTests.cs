using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Tests.Reports;

public sealed class TextReportTests
{
    [Fact]
    public void Write_Result_HasStepsAndFacts()
    {
        var text = TextReport.Write(Results.Of100);

        Assert.Contains("<write>", text, StringComparison.Ordinal);
        Assert.Contains("Failed 1 times: status 503.\n", text, StringComparison.Ordinal);
    }
}
