namespace PyAirtable.Gateway.Upstreams;

/// <summary>
/// Keeps retries a small part of an upstream's load, so that they cannot pile up on one that is failing: a share of the calls of the
/// last 10 seconds, and some per second in any case (Finagle's RetryBudget and its defaults).
/// </summary>
/// <param name="percent">Retries as a percentage of calls; 0 to 100.</param>
/// <param name="minPerSecond">Retries per second on top of it.</param>
/// <param name="clock">The clock.</param>
internal sealed class RetryBudget(int percent, int minPerSecond, TimeProvider clock)
{
    private const int Seconds = 10;

    private readonly Lock _spending = new();
    private readonly long _start = clock.GetTimestamp();

    // One slot a second: the second in the upper half, what happened in it in the lower.
    private readonly long[] _calls = new long[Seconds];
    private readonly long[] _retries = new long[Seconds];

    /// <summary>Counts a call.</summary>
    public void CountCall() => Add(_calls, Now());

    /// <summary>Takes one retry; false where there is none left.</summary>
    public bool TrySpend()
    {
        lock (_spending)
        {
            var now = Now();
            if (Sum(_retries, now) * 100 >= (Sum(_calls, now) * percent) + ((long)minPerSecond * Seconds * 100))
            {
                return false;
            }
            Add(_retries, now);
            return true;
        }
    }

    // Such that slots never used are long past.
    private long Now() => ((clock.GetTimestamp() - _start) / clock.TimestampFrequency) + Seconds;

    private static void Add(long[] slots, long second)
    {
        ref var slot = ref slots[second % Seconds];
        var seen = Volatile.Read(ref slot);
        if (seen >> 32 == second || Interlocked.CompareExchange(ref slot, (second << 32) | 1, seen) != seen)
        {
            Interlocked.Increment(ref slot);
        }
    }

    private static long Sum(long[] slots, long now)
    {
        var sum = 0L;
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = Volatile.Read(ref slots[i]);
            sum += now - (slot >> 32) < Seconds ? slot & uint.MaxValue : 0;
        }
        return sum;
    }
}
