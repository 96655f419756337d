using PyAirtable.Load.Commands;

namespace PyAirtable.Load.Tests.Commands;

public sealed class WrkTests
{
    private const string Good = "Running 5s test @ http://127.0.0.1:1\n  1 threads and 64 connections\n  103401 requests in 5.00s, 30MB read\nRequests/sec:  20680.12\nTransfer/sec:      6.00MB\n";

    [Fact]
    public void Read_Report_GivesTheRate() => Assert.Equal(20_680.12, Wrk.Read(Good));

    [Theory]
    [InlineData("unable to connect")]
    [InlineData("  Non-2xx or 3xx responses: 17\n" + Good)]
    [InlineData("  Socket errors: connect 0, read 5, write 0, timeout 0\n" + Good)]
    public void Read_Failure_IsNoRate(string output) => Assert.Throws<InvalidOperationException>(() => Wrk.Read(output));
}
