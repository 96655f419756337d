namespace PyAirtable.Gateway.Cutover.Guarding;

/// <summary>
/// How the requests to one side went of late, by the second in which they came. A request that has had no answer for longer than the
/// limit counts as slow before it ends, so that a side that is silent is found out as fast as one that fails.
/// </summary>
/// <param name="settings">The limits.</param>
/// <param name="clock">The clock.</param>
internal sealed class SideWindow(GuardSettings settings, TimeProvider clock)
{
    private readonly Lock _counting = new();
    private readonly Second[] _seconds = new Second[(int)Math.Ceiling((settings.Window + settings.Latency).TotalSeconds) + 1];

    /// <summary>A request goes to the side.</summary>
    /// <returns>When, for <see cref="Answer"/> and <see cref="Fail"/>.</returns>
    public long Begin()
    {
        var now = clock.GetTimestamp();
        lock (_counting)
        {
            At(now).Begun++;
        }
        return now;
    }

    /// <summary>The request was answered, or given up by its client.</summary>
    /// <returns>Whether that took longer than the limit.</returns>
    public bool Answer(long begun)
    {
        var slow = clock.GetElapsedTime(begun) > settings.Latency;
        lock (_counting)
        {
            ref var second = ref At(begun);
            second.Answered++;
            second.Slow += slow ? 1 : 0;
        }
        return slow;
    }

    /// <summary>The answer was a failure, or there was none.</summary>
    public void Fail(long begun)
    {
        lock (_counting)
        {
            At(begun).Failed++;
        }
    }

    /// <summary>The counts of the window that ends now.</summary>
    public SideCounts Read()
    {
        var now = clock.GetTimestamp();
        var (current, oldest, late) = (NumberOf(now), NumberOf(now) - _seconds.Length, NumberOf(now - ToTimestamps(settings.Latency)));
        var (requests, failed, slow) = (0, 0, 0);
        lock (_counting)
        {
            foreach (var second in _seconds)
            {
                if (second.Number > oldest && second.Number <= current)
                {
                    var silent = second.Number < late ? second.Begun - second.Answered : 0;
                    requests += second.Answered + silent;
                    failed += second.Failed;
                    slow += second.Slow + silent;
                }
            }
        }
        return new SideCounts(requests, failed, slow);
    }

    // Of a request older than the window, whose second is used again, the present one takes the count.
    private ref Second At(long timestamp)
    {
        var number = NumberOf(timestamp);
        ref var second = ref _seconds[number % _seconds.Length];
        if (second.Number < number)
        {
            second = new Second { Number = number };
        }
        return ref second;
    }

    private long NumberOf(long timestamp) => timestamp / clock.TimestampFrequency;

    private long ToTimestamps(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    private struct Second
    {
        public long Number;
        public int Begun;
        public int Answered;
        public int Failed;
        public int Slow;
    }
}
