namespace PyAirtable.Gateway.Upstreams;

/// <summary>
/// Bounds the calls that an upstream has at once and those that wait for their turn, first come first served. Each upstream has its
/// own, so one that is slow takes nothing from another. Entering and leaving cost one interlocked operation while nobody waits.
/// </summary>
/// <param name="maxInside">Calls at once.</param>
/// <param name="maxWaiting">Calls that wait.</param>
/// <param name="maxWait">How long each waits.</param>
/// <param name="clock">The clock.</param>
internal sealed class Bulkhead(int maxInside, int maxWaiting, TimeSpan maxWait, TimeProvider clock)
{
    // Set in the count while somebody waits: then all go through the queue.
    private const int Queued = 1 << 30;

    private static readonly TimeSpan ClockPrecision = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private BulkheadWait? _first;
    private BulkheadWait? _last;
    private BulkheadWait? _unused;
    private ITimer? _timer;
    private bool _isTiming;
    private int _waiting;
    private int _state;

    /// <summary>Calls inside.</summary>
    public int Inside => Volatile.Read(ref _state) & ~Queued;

    /// <summary>Calls that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Enters where there is room and nobody waits.</summary>
    public bool TryEnter()
    {
        var seen = Volatile.Read(ref _state);
        while (seen < maxInside)
        {
            var found = Interlocked.CompareExchange(ref _state, seen + 1, seen);
            if (found == seen)
            {
                return true;
            }
            seen = found;
        }
        return false;
    }

    /// <summary>Enters, or waits for it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited; the place is free again.</exception>
    public ValueTask<BulkheadEntry> EnterAsync(CancellationToken cancel)
    {
        BulkheadWait wait;
        lock (_gate)
        {
            // A place that gets free from here on is given away under the lock.
            Interlocked.Or(ref _state, Queued);
            if (_first is null && Inside < maxInside)
            {
                Interlocked.Increment(ref _state);
                Interlocked.And(ref _state, ~Queued);
                return new(BulkheadEntry.Entered);
            }
            if (_waiting >= maxWaiting)
            {
                UnmarkIfEmpty();
                return new(BulkheadEntry.Full);
            }
            wait = Append();
        }
        return wait.StartAsync(cancel);
    }

    /// <summary>Leaves; the place goes to who waits longest.</summary>
    public void Leave()
    {
        var seen = Volatile.Read(ref _state);
        while ((seen & Queued) == 0)
        {
            var found = Interlocked.CompareExchange(ref _state, seen - 1, seen);
            if (found == seen)
            {
                return;
            }
            seen = found;
        }
        LeaveToNext();
    }

    /// <summary>Takes somebody out of the queue; false where he is in it no longer.</summary>
    internal bool GiveUp(BulkheadWait wait)
    {
        lock (_gate)
        {
            return wait.IsQueued && Remove(wait);
        }
    }

    /// <summary>Keeps what nobody waits with any more for the next one.</summary>
    internal void Recycle(BulkheadWait wait)
    {
        lock (_gate)
        {
            (wait.Next, _unused) = (_unused, wait);
        }
    }

    private void LeaveToNext()
    {
        BulkheadWait? next;
        lock (_gate)
        {
            next = _first;
            if (next is null)
            {
                Interlocked.Decrement(ref _state);
            }
            else
            {
                Remove(next);
            }
        }
        next?.End(BulkheadEntry.Entered);
    }

    private BulkheadWait Append()
    {
        var wait = _unused ?? new BulkheadWait(this);
        _unused = wait.Next;
        (wait.IsQueued, wait.Since, wait.Previous, wait.Next) = (true, clock.GetTimestamp(), _last, null);
        if (_last is null)
        {
            _first = wait;
        }
        else
        {
            _last.Next = wait;
        }
        _last = wait;
        _waiting++;
        if (!_isTiming)
        {
            _isTiming = true;
            _timer ??= clock.CreateTimer(static bulkhead => ((Bulkhead)bulkhead!).EndLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(maxWait, Timeout.InfiniteTimeSpan);
        }
        return wait;
    }

    private bool Remove(BulkheadWait wait)
    {
        (_first, _last) = (wait.Previous is null ? wait.Next : _first, wait.Next is null ? wait.Previous : _last);
        wait.Previous?.Next = wait.Next;
        wait.Next?.Previous = wait.Previous;
        (wait.IsQueued, wait.Previous, wait.Next) = (false, null, null);
        _waiting--;
        UnmarkIfEmpty();
        return true;
    }

    // All wait equally long, so who came first is late first, and one timer is enough for all.
    private void EndLate()
    {
        while (true)
        {
            BulkheadWait late;
            lock (_gate)
            {
                if (_first is null)
                {
                    _isTiming = false;
                    return;
                }
                late = _first;
                var left = maxWait - clock.GetElapsedTime(late.Since);
                if (left > TimeSpan.Zero)
                {
                    _timer!.Change(left + ClockPrecision, Timeout.InfiniteTimeSpan);
                    return;
                }
                Remove(late);
            }
            late.End(BulkheadEntry.TooLate);
        }
    }

    private void UnmarkIfEmpty()
    {
        if (_first is null)
        {
            Interlocked.And(ref _state, ~Queued);
        }
    }
}
