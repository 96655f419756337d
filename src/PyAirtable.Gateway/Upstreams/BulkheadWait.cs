using System.Threading.Tasks.Sources;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>One who waits before a <see cref="Bulkhead"/>: a link of its queue, used again for another one when its wait is over.
/// Thousands may wait at once, so each costs this object and nothing else.</summary>
/// <param name="bulkhead">What it waits before; its lock guards the links.</param>
internal sealed class BulkheadWait(Bulkhead bulkhead) : IValueTaskSource<BulkheadEntry>
{
    // Who leaves must not be held up by what the next one does then.
    private ManualResetValueTaskSourceCore<BulkheadEntry> _entry = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancelled;

    /// <summary>The one before it in the queue.</summary>
    public BulkheadWait? Previous { get; set; }

    /// <summary>The one after it in the queue.</summary>
    public BulkheadWait? Next { get; set; }

    /// <summary>Whether it is in the queue.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Timestamp at which the wait began.</summary>
    public long Since { get; set; }

    /// <summary>Waits; already in the queue.</summary>
    public ValueTask<BulkheadEntry> StartAsync(CancellationToken cancel)
    {
        var wait = new ValueTask<BulkheadEntry>(this, _entry.Version);
        _cancelled = cancel.UnsafeRegister(static (wait, token) => ((BulkheadWait)wait!).Cancel(token), this);
        return wait;
    }

    /// <summary>The wait is over; out of the queue already.</summary>
    public void End(BulkheadEntry entry) => _entry.SetResult(entry);

    /// <inheritdoc/>
    public BulkheadEntry GetResult(short token)
    {
        // No cancellation comes after this.
        _cancelled.Dispose();
        try
        {
            return _entry.GetResult(token);
        }
        finally
        {
            _cancelled = default;
            _entry.Reset();
            bulkhead.Recycle(this);
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _entry.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _entry.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        if (bulkhead.GiveUp(this))
        {
            _entry.SetException(new OperationCanceledException(token));
        }
    }
}
