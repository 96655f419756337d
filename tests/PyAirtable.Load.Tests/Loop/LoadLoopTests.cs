using PyAirtable.Load.Loop;

namespace PyAirtable.Load.Tests.Loop;

public sealed class LoadLoopTests
{
    [Fact]
    public void Run_WorkAwaitedElsewhere_GoesOnOnTheLoopsThread()
    {
        var threads = LoadLoop.Run(async loop =>
        {
            var before = Environment.CurrentManagedThreadId;
            await Task.Run(() => Thread.CurrentThread.Name);
            return (before, Environment.CurrentManagedThreadId);
        });

        Assert.Equal(Environment.CurrentManagedThreadId, threads.before);
        Assert.Equal(threads.before, threads.CurrentManagedThreadId);
    }

    [Fact]
    public void At_SeveralTimes_CallsInTheirOrder()
    {
        List<int> called = [];

        LoadLoop.Run(async loop =>
        {
            var now = LoadClock.Now;
            loop.At(now + (3 * LoadClock.Millisecond), () => called.Add(3));
            loop.At(now + LoadClock.Millisecond, () => called.Add(1));
            await loop.UntilAsync(now + (5 * LoadClock.Millisecond));
            Assert.True(LoadClock.Now >= now + (5 * LoadClock.Millisecond));
            return 0;
        });

        Assert.Equal([1, 3], called);
    }

    [Fact]
    public void Run_WorkFails_ThrowsItsException() =>
        Assert.Throws<InvalidOperationException>(() => LoadLoop.Run<int>(async loop =>
        {
            await loop.DelayAsync(TimeSpan.FromMilliseconds(1));
            throw new InvalidOperationException();
        }));
}
