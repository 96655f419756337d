using System.Collections.Concurrent;

namespace PyAirtable.Automation.Tests;

/// <summary>The real time, but waits are noted and over at once; only a time limit of 30 s, which a request has, stays one.</summary>
internal sealed class HastyTime : TimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Limit)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
