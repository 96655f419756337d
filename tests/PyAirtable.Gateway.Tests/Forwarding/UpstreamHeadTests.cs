namespace PyAirtable.Gateway.Tests.Forwarding;

public sealed class UpstreamHeadTests : UpstreamFaultTests
{
    public static TheoryData<UpstreamFault> Rows => [.. UpstreamFaults.StatusLines, .. UpstreamFaults.HeaderLines, .. UpstreamFaults.Interim];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Head_ThatIsOdd_IsPutRightOrRefused(UpstreamFault fault) => AssertAsync(fault);
}
