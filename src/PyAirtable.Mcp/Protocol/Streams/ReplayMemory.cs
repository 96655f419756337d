namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>
/// What events may take that are kept for clients whose connection breaks: a number of bytes, and of events. When it is full the oldest go; so do
/// those that were kept for long enough.
/// </summary>
/// <param name="mostBytes">Bytes at once.</param>
/// <param name="mostEvents">Events at once.</param>
internal sealed class ReplayMemory(long mostBytes, int mostEvents)
{
    // What an event takes beside its text.
    private const int Overhead = 96;

    private readonly Lock _gate = new();
    private readonly Queue<(EventStream Stream, int Event, long Bytes, long At)> _events = new();
    private long _bytes;

    /// <summary>Bytes at once.</summary>
    public long MostBytes { get; set; } = mostBytes;

    /// <summary>Whether anything is kept at all.</summary>
    public bool IsOff => MostBytes == 0;

    /// <summary>Bytes that are taken.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>An event was added; not called under a lock of its stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="number">Its number there.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="at">The time, of the clock's timestamps.</param>
    public void Add(EventStream stream, int number, int bytes, long at)
    {
        lock (_gate)
        {
            _events.Enqueue((stream, number, bytes + Overhead, at));
            _bytes += bytes + Overhead;
        }
        DropBefore(long.MinValue);
    }

    /// <summary>Drops what is older than that, and what is too much.</summary>
    public void DropBefore(long time)
    {
        while (true)
        {
            (EventStream Stream, int Event, long Bytes, long At) oldest;
            lock (_gate)
            {
                if (!_events.TryPeek(out oldest) || !(_bytes > MostBytes || _events.Count > mostEvents || oldest.At < time || oldest.Stream.HasDropped(oldest.Event)))
                {
                    return;
                }
                _events.Dequeue();
                _bytes -= oldest.Bytes;
            }
            oldest.Stream.Drop(oldest.Event);
        }
    }
}
