namespace PyAirtable.Gateway.Tests.Forwarding;

public sealed class UpstreamBodyTests : UpstreamFaultTests
{
    public static TheoryData<UpstreamFault> Rows => [.. UpstreamFaults.Lengths, .. UpstreamFaults.Chunks];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Body_ThatIsOdd_IsPutRightOrRefused(UpstreamFault fault) => AssertAsync(fault);
}
