using PyAirtable.Gateway.Cutover.Guarding;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Cutover.Guarding;

public sealed class SideWindowTests
{
    private static readonly GuardSettings Limits = new(ErrorPercent: 10, SlowPercent: 20, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), MinRequests: 10);

    private readonly ManualTime _clock = new();

    [Fact]
    public void Read_AfterTheWindow_ForgetsWhatWas()
    {
        var window = new SideWindow(Limits, _clock);
        window.Fail(Answered(window));
        Assert.Equal(new SideCounts(1, 1, 0), window.Read());

        _clock.Advance(TimeSpan.FromSeconds(14));

        Assert.Equal(default, window.Read());
    }

    [Fact]
    public void Read_WithoutAnAnswerForTooLong_CountsSlow()
    {
        var window = new SideWindow(Limits, _clock);
        var begun = window.Begin();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(default, window.Read());

        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(new SideCounts(1, 0, 1), window.Read());

        Assert.True(window.Answer(begun));
        Assert.Equal(new SideCounts(1, 0, 1), window.Read());
    }

    [Theory]
    [InlineData(9, 9, 9, null)]
    [InlineData(10, 1, 2, null)]
    [InlineData(10, 2, 0, "2 of 10 requests failed, more than 10 %")]
    [InlineData(10, 0, 3, "3 of 10 requests took longer than 2000 ms, more than 20 %")]
    public void FaultBy_Limits_IsWhatIsBeyondThem(int requests, int failed, int slow, string? expected) =>
        Assert.Equal(expected, new SideCounts(requests, failed, slow).FaultBy(Limits));

    private static long Answered(SideWindow window)
    {
        var begun = window.Begin();
        window.Answer(begun);
        return begun;
    }
}
