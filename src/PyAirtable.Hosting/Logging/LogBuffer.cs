namespace PyAirtable.Hosting.Logging;

/// <summary>
/// A bounded buffer of finished lines, in two halves: callers append to one while the writer writes the other, so the lock is held for
/// a copy or a swap only. The halves grow as they are needed, up to the bound.
/// </summary>
/// <param name="capacity">Bytes that wait for the writer at most.</param>
internal sealed class LogBuffer(int capacity)
{
    /// <summary>A woken writer waits for more lines until there are so many bytes, or for <see cref="Linger"/>.</summary>
    private const int BatchBytes = 64 * 1024;

    /// <summary>So that a busy service wakes the writer some twenty times a second, not once a line.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private byte[] _filling = new byte[Math.Min(4096, capacity)];
    private byte[] _spare = new byte[Math.Min(4096, capacity)];
    private int _length;
    private long _dropped;
    private int _wakeAt = int.MaxValue;
    private bool _hurry;
    private bool _closed;

    /// <summary>Takes a line without waiting; a full or closed buffer drops and counts it.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_closed || !HasRoom(line.Length))
            {
                _dropped++;
                return;
            }

            line.CopyTo(_filling.AsSpan(_length));
            _length += line.Length;
            if (_length >= _wakeAt)
            {
                _wakeAt = int.MaxValue;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Makes the writer take what is there at once.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _hurry = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Refuses further lines and lets the writer end after the last one.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for lines, for a hurry or for <paramref name="timeout"/>, and hands out all there are. False when the buffer is closed and empty.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="lines">The lines, valid until the next call.</param>
    /// <param name="dropped">How many were dropped since the last call.</param>
    public bool Take(TimeSpan timeout, out ReadOnlySpan<byte> lines, out long dropped)
    {
        lock (_gate)
        {
            WaitFor(1, timeout);
            if (_length > 0)
            {
                WaitFor(BatchBytes, Linger);
            }

            _hurry = false;
            lines = _filling.AsSpan(0, _length);
            dropped = _dropped;
            _dropped = 0;
            (_filling, _spare) = (_spare, _filling);
            _length = 0;
            return lines.Length > 0 || dropped > 0 || !_closed;
        }
    }

    private void WaitFor(int bytes, TimeSpan timeout)
    {
        if (_length < Math.Min(bytes, capacity / 2) && !_hurry && !_closed && timeout != TimeSpan.Zero)
        {
            _wakeAt = Math.Min(bytes, capacity / 2);
            Monitor.Wait(_gate, timeout);
            _wakeAt = int.MaxValue;
        }
    }

    private bool HasRoom(int bytes)
    {
        var needed = _length + bytes;
        if (needed > _filling.Length && needed <= capacity)
        {
            Array.Resize(ref _filling, Math.Min(capacity, Math.Max(needed, _filling.Length * 2)));
        }

        return needed <= capacity;
    }
}
