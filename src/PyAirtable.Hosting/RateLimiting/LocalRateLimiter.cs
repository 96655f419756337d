using System.Collections.Concurrent;

namespace PyAirtable.Hosting.RateLimiting;

/// <summary>
/// Token buckets of this process. A bucket is one number, the moment at which it will be full again, moved by
/// compare-and-swap: no lock, no timer, and no allocation for a key that is known.
/// </summary>
/// <remarks>
/// At most about <paramref name="maxKeys"/> buckets are kept. When there are more, full ones go first (a key
/// that comes back finds the same), then those that are nearest to full.
/// </remarks>
public sealed class LocalRateLimiter(RateLimitOptions options, TimeProvider time, int maxKeys = 100_000) : IRateLimiter
{
    private const int SampleSize = 256;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private readonly long _interval = options.Interval.Ticks;
    private readonly long _capacity = options.Interval.Ticks * options.Burst;
    private int _count;
    private int _sweeping;

    /// <summary>Buckets kept now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetElapsedTime(_start).Ticks;
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            bucket = Add(key, now);
        }

        while (true)
        {
            var fullAt = Volatile.Read(ref bucket.FullAt);
            var debt = Math.Max(fullAt - now, 0);
            if (debt + _interval > _capacity)
            {
                return new(RateLimitDecision.FromDebt(false, TimeSpan.FromTicks(debt), options));
            }

            debt += _interval;
            if (Interlocked.CompareExchange(ref bucket.FullAt, now + debt, fullAt) == fullAt)
            {
                return new(RateLimitDecision.FromDebt(true, TimeSpan.FromTicks(debt), options));
            }
        }
    }

    private Bucket Add(string key, long now)
    {
        if (Volatile.Read(ref _count) >= maxKeys && Interlocked.Exchange(ref _sweeping, 1) == 0)
        {
            Sweep(now);
            Volatile.Write(ref _sweeping, 0);
        }

        var made = new Bucket();
        var kept = _buckets.GetOrAdd(key, made);
        if (ReferenceEquals(kept, made))
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }

    // Frees at least about a quarter, so that a flood of new keys pays for it only once in many.
    private void Sweep(long now)
    {
        RemoveUntil(now);
        if (_count > maxKeys - (maxKeys / 4))
        {
            var sample = _buckets.Take(SampleSize).Select(pair => pair.Value.FullAt).Order().ToArray();
            RemoveUntil(sample[sample.Length / 4]);
        }
    }

    private void RemoveUntil(long fullAt)
    {
        foreach (var pair in _buckets)
        {
            if (Volatile.Read(ref pair.Value.FullAt) <= fullAt && _buckets.TryRemove(pair))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    private sealed class Bucket
    {
        public long FullAt;
    }
}
