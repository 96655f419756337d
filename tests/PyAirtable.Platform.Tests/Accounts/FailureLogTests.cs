using PyAirtable.Platform.Accounts;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

public sealed class FailureLogTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task BlockedFor_FewerThanTheLimit_IsZero()
    {
        var log = new FailureLog(3, _clock);
        await AddAsync(log, "a", 2);

        Assert.Equal(TimeSpan.Zero, await log.BlockedForAsync("a"));
    }

    [Fact]
    public async Task BlockedFor_AtTheLimit_LastsUntilTheOldestIsAMinuteOld()
    {
        var log = new FailureLog(3, _clock);
        await AddAsync(log, "a", 1);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await AddAsync(log, "a", 2);

        Assert.Equal(TimeSpan.FromSeconds(40), await log.BlockedForAsync("a"));
        Assert.Equal(TimeSpan.Zero, await log.BlockedForAsync("b"));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(TimeSpan.Zero, await log.BlockedForAsync("a"));
        await AddAsync(log, "a", 1);
        Assert.Equal(TimeSpan.FromSeconds(20), await log.BlockedForAsync("a"));
    }

    [Fact]
    public async Task Add_MoreKeysThanKept_ForgetsTheOneThatFailedLongestAgo()
    {
        var log = new FailureLog(2, _clock, maxKeys: 2);
        await AddAsync(log, "a", 1);
        await AddAsync(log, "b", 2);
        await AddAsync(log, "a", 1);
        await AddAsync(log, "c", 1);

        Assert.Equal(2, log.Count);
        Assert.Equal(TimeSpan.Zero, await log.BlockedForAsync("b"));
        Assert.NotEqual(TimeSpan.Zero, await log.BlockedForAsync("a"));
    }

    [Fact]
    public async Task Add_KeyThatIsBlocked_NotesNothingAndTellsTheWait()
    {
        var log = new FailureLog(1, _clock);
        await AddAsync(log, "a", 1);
        _clock.Advance(TimeSpan.FromSeconds(45));

        Assert.Equal(TimeSpan.FromSeconds(15), await log.AddAsync("a"));
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(TimeSpan.Zero, await log.BlockedForAsync("a"));
    }

    [Fact]
    public async Task Count_AMinuteAfterTheLastFailure_IsZero()
    {
        var log = new FailureLog(1, _clock);
        await AddAsync(log, "a", 1);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await log.BlockedForAsync("other");
        Assert.Equal(0, log.Count);
    }

    private static async Task AddAsync(FailureLog log, string key, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await log.AddAsync(key);
        }
    }
}
