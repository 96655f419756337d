using System.Globalization;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.RateLimiting;

public sealed class LocalRateLimiterTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task TakeAsync_Burst_PassesAtOnceThenRefuses()
    {
        var limiter = new LocalRateLimiter(new(60, 3), _time);
        Assert.Equal(new(true, 3, 2, TimeSpan.Zero, TimeSpan.FromSeconds(1)), await TakeAsync(limiter, "a"));
        Assert.Equal(new(true, 3, 1, TimeSpan.Zero, TimeSpan.FromSeconds(2)), await TakeAsync(limiter, "a"));
        Assert.Equal(new(true, 3, 0, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)), await TakeAsync(limiter, "a"));
        Assert.Equal(new(false, 3, 0, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)), await TakeAsync(limiter, "a"));
        Assert.True((await TakeAsync(limiter, "b")).Allowed);
    }

    [Fact]
    public async Task TakeAsync_TimePasses_OneTokenComesBackPerInterval()
    {
        var limiter = new LocalRateLimiter(new(60, 1), _time);
        Assert.True((await TakeAsync(limiter, "a")).Allowed);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(TimeSpan.FromMilliseconds(600), (await TakeAsync(limiter, "a")).RetryAfter);
        _time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.True((await TakeAsync(limiter, "a")).Allowed);
    }

    [Fact]
    public async Task TakeAsync_OneMinuteOfPressure_PassesAtMostRateAndBurst()
    {
        var limiter = new LocalRateLimiter(new(100, 10), _time);
        var passed = 0;
        for (var i = 0; i < 60_000; i++)
        {
            passed += (await TakeAsync(limiter, "a")).Allowed ? 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(passed, 109, 110);
    }

    [Fact]
    public async Task TakeAsync_ManyThreads_PassesExactlyTheBurst()
    {
        var limiter = new LocalRateLimiter(new(1, 500), _time);
        var passed = 0;
        await Parallel.ForAsync(0, 2000, TestContext.Current.CancellationToken, async (_, cancelled) =>
        {
            if ((await limiter.TakeAsync("a", cancelled)).Allowed)
            {
                Interlocked.Increment(ref passed);
            }
        });
        Assert.Equal(500, passed);
    }

    [Fact]
    public async Task TakeAsync_FloodOfKeys_KeepsCountBoundedAndFullBucketsGoFirst()
    {
        var limiter = new LocalRateLimiter(new(60, 2), _time, maxKeys: 100);
        for (var i = 0; i < 90; i++)
        {
            await TakeAsync(limiter, "old" + i.ToString(CultureInfo.InvariantCulture));
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        await TakeAsync(limiter, "busy");
        await TakeAsync(limiter, "busy");
        for (var i = 0; i < 50; i++)
        {
            await TakeAsync(limiter, "new" + i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.False((await TakeAsync(limiter, "busy")).Allowed);
        for (var i = 0; i < 10_000; i++)
        {
            await TakeAsync(limiter, "flood" + i.ToString(CultureInfo.InvariantCulture));
            Assert.InRange(limiter.Count, 1, 100);
        }
    }

    [Fact]
    public async Task TakeAsync_FloodFromManyThreads_KeepsCountBounded()
    {
        var limiter = new LocalRateLimiter(new(60, 2), _time, maxKeys: 1000);
        await Parallel.ForAsync(0, 50_000, TestContext.Current.CancellationToken, async (index, cancelled) =>
        {
            await limiter.TakeAsync(index.ToString(CultureInfo.InvariantCulture), cancelled);
            Assert.InRange(limiter.Count, 0, 1200);
        });
    }

    [Fact]
    public async Task TakeAsync_LongKeys_AreToldApart()
    {
        var limiter = new LocalRateLimiter(new(60, 1), _time);
        var key = new string('k', 200);

        Assert.True((await TakeAsync(limiter, key + "1")).Allowed);
        Assert.True((await TakeAsync(limiter, key + "2")).Allowed);
        Assert.False((await TakeAsync(limiter, key + "1")).Allowed);
    }

    [Fact]
    public async Task TakeAsync_KnownKey_AllocatesNothing()
    {
        var limiter = new LocalRateLimiter(new(60_000_000, 1000), TimeProvider.System);
        await limiter.TakeAsync("a", CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            await limiter.TakeAsync("a", CancellationToken.None);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void RateLimitOptions_OutOfRange_Throws(int requestsPerMinute, int burst) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimitOptions(requestsPerMinute, burst));

    private static ValueTask<RateLimitDecision> TakeAsync(LocalRateLimiter limiter, string key) =>
        limiter.TakeAsync(key, TestContext.Current.CancellationToken);
}
