namespace PyAirtable.Gateway.Upstreams;

/// <summary>One who waits before a <see cref="Bulkhead"/>.</summary>
internal sealed class BulkheadWait
{
    private readonly Bulkhead _bulkhead;

    // Who leaves must not be held up by what the next one does then.
    private readonly TaskCompletionSource<BulkheadEntry> _entry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BulkheadWait(Bulkhead bulkhead)
    {
        _bulkhead = bulkhead;
        Node = new(this);
    }

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<BulkheadWait> Node { get; }

    /// <summary>Waits; already in the queue.</summary>
    public async ValueTask<BulkheadEntry> StartAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancel)
    {
        await using var timer = clock.CreateTimer(static wait => ((BulkheadWait)wait!).End(BulkheadEntry.TooLate), this, limit, Timeout.InfiniteTimeSpan);
        await using var cancelled = cancel.UnsafeRegister(static (wait, token) => ((BulkheadWait)wait!).Cancel(token), this);
        return await _entry.Task;
    }

    /// <summary>It is its turn.</summary>
    public void Enter() => _entry.TrySetResult(BulkheadEntry.Entered);

    private void End(BulkheadEntry entry)
    {
        if (_bulkhead.GiveUp(this))
        {
            _entry.TrySetResult(entry);
        }
    }

    private void Cancel(CancellationToken token)
    {
        if (_bulkhead.GiveUp(this))
        {
            _entry.TrySetCanceled(token);
        }
    }
}
