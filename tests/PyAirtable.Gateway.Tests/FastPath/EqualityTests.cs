namespace PyAirtable.Gateway.Tests.FastPath;

public sealed class EqualityTests(TwoPaths paths) : IClassFixture<TwoPaths>
{
    public static TheoryData<EqualityRow> Rows => [.. EqualityRows.All];

    [Theory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public async Task EveryRequest_OnBothPaths_ComesAndGoesTheSame(EqualityRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (front, behind) = await paths.AskAsync(row);

        Assert.Equal(behind.Show(row.Request), front.Show(row.Request));
        // What fails goes to the server after all.
        Assert.Equal(row.IsFast && !front.IsOwnError, !front.Served && front.Sent.Count > 0);
    }
}
