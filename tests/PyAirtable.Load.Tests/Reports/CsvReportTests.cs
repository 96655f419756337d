using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Tests.Reports;

public sealed class CsvReportTests
{
    [Fact]
    public void Steps_Result_HasALineForEach() => Assert.Equal(
        """"
        step,ok,failed,success_percent,per_second,mean_ms,p50_ms,p75_ms,p95_ms,p99_ms,p999_ms,max_ms,bytes
        "read, ""quick""",99,1,99,10,2.00,1.50,3.00,5.00,9.00,11.00,12.00,1234
        <write>,99,1,99,10,2.00,1.50,3.00,5.00,9.00,11.00,12.00,1234
        all,99,1,99,10,2.00,1.50,3.00,5.00,9.00,11.00,12.00,1234

        """",
        CsvReport.Steps(Results.Of100).ReplaceLineEndings("\n"));

    [Fact]
    public void Samples_NotMeasured_IsEmpty() => Assert.Equal("1.0,10,10,0,1.000,2.000,4.000,1,0.100,0.200,,50.0", CsvReport.Samples(Results.Of100).Split("\r\n")[1]);
}
