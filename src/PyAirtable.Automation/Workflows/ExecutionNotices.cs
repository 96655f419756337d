using PyAirtable.Automation.Jobs;

namespace PyAirtable.Automation.Workflows;

/// <summary>Wakes the engine of this process: there is new work, or a run may have to stop. Whoever commits one of these says so here.</summary>
/// <param name="signal">What the engine waits for.</param>
internal sealed class ExecutionNotices(WorkSignal signal)
{
    private int _stops;

    /// <summary>There may be executions to claim.</summary>
    public void Work() => signal.Notify();

    /// <summary>A run may have been cancelled, or deleted.</summary>
    public void Stop()
    {
        Volatile.Write(ref _stops, 1);
        signal.Notify();
    }

    /// <summary>Whether <see cref="Stop"/> was called since this was asked last.</summary>
    public bool TakeStop() => Interlocked.Exchange(ref _stops, 0) == 1;

    /// <summary>Waits for a notice, or for <paramref name="limit"/> when none comes.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancel) => signal.WaitAsync(limit, cancel);
}
