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

    private readonly Lock _gate = new();
    private readonly LinkedList<BulkheadWait> _queue = [];
    private int _state;

    /// <summary>Calls inside.</summary>
    public int Inside => Volatile.Read(ref _state) & ~Queued;

    /// <summary>Calls that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

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
            if (_queue.Count == 0 && Inside < maxInside)
            {
                Interlocked.Increment(ref _state);
                Interlocked.And(ref _state, ~Queued);
                return new(BulkheadEntry.Entered);
            }
            if (_queue.Count >= maxWaiting)
            {
                UnmarkIfEmpty();
                return new(BulkheadEntry.Full);
            }
            wait = new BulkheadWait(this);
            _queue.AddLast(wait.Node);
        }
        return wait.StartAsync(maxWait, clock, cancel);
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
            if (wait.Node.List is null)
            {
                return false;
            }
            _queue.Remove(wait.Node);
            UnmarkIfEmpty();
            return true;
        }
    }

    private void LeaveToNext()
    {
        BulkheadWait? next = null;
        lock (_gate)
        {
            if (_queue.First is { } first)
            {
                next = first.Value;
                _queue.RemoveFirst();
                UnmarkIfEmpty();
            }
            else
            {
                Interlocked.Decrement(ref _state);
            }
        }
        next?.Enter();
    }

    private void UnmarkIfEmpty()
    {
        if (_queue.Count == 0)
        {
            Interlocked.And(ref _state, ~Queued);
        }
    }
}
