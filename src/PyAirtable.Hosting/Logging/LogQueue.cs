namespace PyAirtable.Hosting.Logging;

/// <summary>
/// A bounded queue of two arrays: callers fill one while the writer writes the other, so the lock is held for a copy or a swap only.
/// The arrays grow as they are needed, up to the bound.
/// </summary>
internal sealed class LogQueue(int capacity)
{
    /// <summary>How long a woken writer waits for more lines, so that a busy service wakes it a hundred times a second, not once a line.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private readonly object _gate = new();
    private LogEntry[] _filling = new LogEntry[Math.Min(64, capacity)];
    private LogEntry[] _spare = new LogEntry[Math.Min(64, capacity)];
    private int _count;
    private long _dropped;
    private bool _writerWaits;
    private bool _hurry;
    private bool _closed;

    /// <summary>Takes an entry without waiting; a full or closed queue drops and counts it.</summary>
    public void Add(in LogEntry entry)
    {
        lock (_gate)
        {
            if (_closed || (_count == _filling.Length && !Grow()))
            {
                _dropped++;
                return;
            }

            _filling[_count++] = entry;
            if (_writerWaits || _count == capacity / 2)
            {
                _writerWaits = false;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Makes the writer take what is queued at once.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _hurry = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Refuses further entries and lets the writer end after the last one.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for entries, for a hurry or for <paramref name="timeout"/>, and hands out all there are. False when the queue is closed and empty.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="batch">The entries, valid until the next call.</param>
    /// <param name="dropped">How many were dropped since the last call.</param>
    public bool Take(TimeSpan timeout, out Span<LogEntry> batch, out long dropped)
    {
        lock (_gate)
        {
            if (_count == 0 && !_hurry && !_closed && timeout != TimeSpan.Zero)
            {
                _writerWaits = true;
                Monitor.Wait(_gate, timeout);
                _writerWaits = false;
                if (_count > 0 && _count < capacity / 2 && !_hurry && !_closed)
                {
                    Monitor.Wait(_gate, Linger);
                }
            }

            _hurry = false;
            batch = _filling.AsSpan(0, _count);
            dropped = _dropped;
            _dropped = 0;
            (_filling, _spare) = (_spare, _filling);
            _count = 0;
            return batch.Length > 0 || dropped > 0 || !_closed;
        }
    }

    private bool Grow()
    {
        if (_filling.Length == capacity)
        {
            return false;
        }

        Array.Resize(ref _filling, Math.Min(capacity, _filling.Length * 2));
        return true;
    }
}
