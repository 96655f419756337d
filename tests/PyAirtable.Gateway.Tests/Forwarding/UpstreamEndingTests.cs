namespace PyAirtable.Gateway.Tests.Forwarding;

public sealed class UpstreamEndingTests : UpstreamFaultTests
{
    public static TheoryData<UpstreamFault> Rows => [.. UpstreamFaults.Endings];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Answer_ThatEndsEarly_IsNeverTakenForWhole(UpstreamFault fault) => AssertAsync(fault);
}
