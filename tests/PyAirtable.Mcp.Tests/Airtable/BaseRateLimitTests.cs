using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Tests.Airtable;

public sealed class BaseRateLimitTests
{
    [Fact]
    public async Task Wait_OneCallMoreThanTheLimit_WaitsForASecond()
    {
        var clock = new ManualTime();
        var limit = new BaseRateLimit(5, clock);

        var first = Enumerable.Range(0, 5).Select(_ => limit.WaitAsync("appX", CancellationToken.None)).ToArray();
        var sixth = limit.WaitAsync("appX", CancellationToken.None);
        var other = limit.WaitAsync("appY", CancellationToken.None);
        var early = sixth.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(1));
        await sixth;

        Assert.All(first, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.True(other.IsCompletedSuccessfully);
        Assert.False(early);
    }

    [Fact]
    public async Task Wait_ForLongerThanIsSensible_IsRefused()
    {
        var limit = new BaseRateLimit(1, new ManualTime());

        await Assert.ThrowsAsync<ToolFailedException>(async () =>
        {
            for (var call = 0; call < 100; call++)
            {
                _ = limit.WaitAsync("appX", CancellationToken.None);
            }
            await Task.CompletedTask;
        });
    }
}
