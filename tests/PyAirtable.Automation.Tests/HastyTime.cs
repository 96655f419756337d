using System.Collections.Concurrent;

namespace PyAirtable.Automation.Tests;

/// <summary>The real time, but waits are noted and over at once; only the time limit of a request stays one.</summary>
internal sealed class HastyTime : TimeProvider
{
    /// <summary>The length of time that is a limit, and no wait.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

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
