namespace PyAirtable.Gateway.WebSockets;

/// <summary>The rate limit of one connection: a window that starts again at the first message after its end, and a block of the same
/// length for who exceeds it (gateway contract 2.6). Not safe for use by several threads at once.</summary>
/// <param name="start">When the connection began; times are timestamps of one clock.</param>
internal struct OutboundLimit(long start)
{
    private long _windowStart = start;
    private long _blockedUntil = long.MinValue;
    private int _count;

    /// <summary>Counts a message, if it may go.</summary>
    /// <param name="now">Timestamp.</param>
    /// <param name="most">Messages per window.</param>
    /// <param name="window">The window in timestamp units.</param>
    /// <param name="violated">True for the message that runs into the limit, false for those that meet the block.</param>
    public bool TryTake(long now, int most, long window, out bool violated)
    {
        violated = false;
        if (now < _blockedUntil)
        {
            return false;
        }
        if (now - _windowStart > window || _blockedUntil != long.MinValue)
        {
            (_windowStart, _blockedUntil, _count) = (now, long.MinValue, 0);
        }
        if (_count < most)
        {
            _count++;
            return true;
        }
        violated = true;
        _blockedUntil = now + window;
        return false;
    }
}
