using PyAirtable.Load.Loop;

namespace PyAirtable.Load.Simulations;

/// <summary>Begins iterations when they are due: it wakes at most every quarter of a millisecond and begins all that are due by then.</summary>
/// <param name="loop">Where it runs.</param>
/// <param name="schedule">When they are due.</param>
/// <param name="start">Begins one; takes when it was due.</param>
/// <param name="cancel">Ends it early.</param>
internal sealed class Injector(LoadLoop loop, ArrivalSchedule schedule, Action<long> start, CancellationToken cancel)
{
    private const long Quantum = LoadClock.Millisecond / 4;

    private readonly TaskCompletionSource _finished = new();
    private long _began;
    private long _next;

    /// <summary>Runs through the schedule.</summary>
    public Task RunAsync()
    {
        _began = LoadClock.Now;
        InjectDue();
        return _finished.Task;
    }

    private void InjectDue()
    {
        var now = LoadClock.Now;
        long due;
        while ((due = Due(_next)) <= now && !cancel.IsCancellationRequested)
        {
            _next++;
            start(due);
            // A server that lags must not keep the loop from its answers for long.
            if ((_next & 63) == 0)
            {
                break;
            }
        }
        if (due == long.MaxValue || cancel.IsCancellationRequested)
        {
            _finished.SetResult();
            return;
        }
        loop.At(due <= now ? now + 1 : Math.Max(due, now + Quantum), InjectDue);
    }

    private long Due(long number)
    {
        var seconds = schedule.DueAt(number);
        return double.IsInfinity(seconds) ? long.MaxValue : _began + (long)(seconds * LoadClock.Second);
    }
}
