using PyAirtable.Gateway.Upstreams;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class BulkheadTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task EnterAsync_WithRoom_EntersAtOnce()
    {
        var bulkhead = new Bulkhead(2, 0, Long, TimeProvider.System);

        Assert.True(bulkhead.TryEnter());
        Assert.Equal(BulkheadEntry.Entered, await bulkhead.EnterAsync(CancellationToken.None));
        Assert.False(bulkhead.TryEnter());
        Assert.Equal(BulkheadEntry.Full, await bulkhead.EnterAsync(CancellationToken.None));
        Assert.Equal(2, bulkhead.Inside);

        bulkhead.Leave();
        Assert.True(bulkhead.TryEnter());
    }

    [Fact]
    public async Task EnterAsync_WhenFull_WaitsInTheOrderOfArrival()
    {
        var bulkhead = new Bulkhead(1, 3, Long, TimeProvider.System);
        Assert.True(bulkhead.TryEnter());
        var waits = Enumerable.Range(0, 3).Select(_ => bulkhead.EnterAsync(CancellationToken.None).AsTask()).ToList();

        Assert.Equal(BulkheadEntry.Full, await bulkhead.EnterAsync(CancellationToken.None));
        Assert.Equal(3, bulkhead.Waiting);
        foreach (var wait in waits)
        {
            Assert.False(wait.IsCompleted);
            bulkhead.Leave();
            Assert.Equal(BulkheadEntry.Entered, await wait);
            Assert.Equal(1, bulkhead.Inside);
        }

        bulkhead.Leave();
        Assert.Equal(0, bulkhead.Inside);
        Assert.True(bulkhead.TryEnter());
    }

    [Fact]
    public async Task TryEnter_WhileSomebodyWaits_DoesNotOvertake()
    {
        var bulkhead = new Bulkhead(1, 1, Long, TimeProvider.System);
        Assert.True(bulkhead.TryEnter());
        var wait = bulkhead.EnterAsync(CancellationToken.None).AsTask();

        bulkhead.Leave();

        Assert.False(bulkhead.TryEnter());
        Assert.Equal(BulkheadEntry.Entered, await wait);
    }

    [Fact]
    public async Task EnterAsync_Cancelled_FreesThePlaceInTheQueue()
    {
        var bulkhead = new Bulkhead(1, 1, Long, TimeProvider.System);
        Assert.True(bulkhead.TryEnter());
        using var gone = new CancellationTokenSource();
        var first = bulkhead.EnterAsync(gone.Token).AsTask();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = bulkhead.EnterAsync(CancellationToken.None).AsTask();
        bulkhead.Leave();

        Assert.Equal(BulkheadEntry.Entered, await second);
        bulkhead.Leave();
        Assert.Equal(0, bulkhead.Inside);
    }

    [Fact]
    public async Task EnterAsync_AfterTheLongestWait_IsTooLate()
    {
        var bulkhead = new Bulkhead(1, 1, TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.True(bulkhead.TryEnter());

        Assert.Equal(BulkheadEntry.TooLate, await bulkhead.EnterAsync(CancellationToken.None));
        Assert.Equal(0, bulkhead.Waiting);
        bulkhead.Leave();
        Assert.True(bulkhead.TryEnter());
    }

    [Fact]
    public async Task EnterAsync_AfterOneThatWasLate_WaitsItsOwnTime()
    {
        var time = new ManualTime();
        var bulkhead = new Bulkhead(1, 3, TimeSpan.FromSeconds(10), time);
        Assert.True(bulkhead.TryEnter());
        var first = bulkhead.EnterAsync(CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(6));
        var second = bulkhead.EnterAsync(CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(BulkheadEntry.TooLate, await first);
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(BulkheadEntry.TooLate, await second);

        var third = bulkhead.EnterAsync(CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(third.IsCompleted);
        bulkhead.Leave();
        Assert.Equal(BulkheadEntry.Entered, await third);
        Assert.Equal((1, 0), (bulkhead.Inside, bulkhead.Waiting));
    }

    [Fact]
    public async Task EnterAsync_FromTheMiddleOfTheQueue_LeavesTheOthersInOrder()
    {
        var bulkhead = new Bulkhead(1, 3, Long, TimeProvider.System);
        Assert.True(bulkhead.TryEnter());
        using var gone = new CancellationTokenSource();
        var first = bulkhead.EnterAsync(CancellationToken.None).AsTask();
        var second = bulkhead.EnterAsync(gone.Token).AsTask();
        var third = bulkhead.EnterAsync(CancellationToken.None).AsTask();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        bulkhead.Leave();
        Assert.Equal(BulkheadEntry.Entered, await first);
        Assert.False(third.IsCompleted);
        bulkhead.Leave();
        Assert.Equal(BulkheadEntry.Entered, await third);
    }

    [Fact]
    public async Task EnterAsync_FromManyAtOnce_NeverLetsInMoreThanMay()
    {
        const int Max = 3;
        var bulkhead = new Bulkhead(Max, 1000, Long, TimeProvider.System);
        var (inside, most, entered) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                using var cancel = new CancellationTokenSource();
                var wait = bulkhead.TryEnter() ? new(BulkheadEntry.Entered) : bulkhead.EnterAsync(cancel.Token);
                if ((worker + i) % 7 == 0)
                {
                    await cancel.CancelAsync();
                }
                try
                {
                    Assert.Equal(BulkheadEntry.Entered, await wait);
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                Interlocked.Increment(ref entered);
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                bulkhead.Leave();
            }
        })));

        Assert.InRange(most, 1, Max);
        Assert.True(entered > 4000);
        Assert.Equal(0, bulkhead.Inside);
        Assert.Equal(0, bulkhead.Waiting);
        Assert.True(bulkhead.TryEnter());
    }

    private static void InterlockedMax(ref int most, int value)
    {
        var seen = Volatile.Read(ref most);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
