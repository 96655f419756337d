using System.Collections.Concurrent;

namespace PyAirtable.Hosting.RateLimiting;

/// <summary>
/// Token buckets of this process. A bucket is one number, the moment at which it will be full again, moved by
/// compare-and-swap: no lock, no timer, and no allocation for a key that is known.
/// </summary>
/// <remarks>
/// At most about <paramref name="maxKeys"/> buckets are kept, a few hundred bytes each: a new key looks at a few others in turn, and
/// takes the place of the full ones among them (a key that comes back finds the same), else, where there is no room, of the one
/// that is nearest to full. So a flood of keys costs each request the same, and no request a sweep of all.
/// </remarks>
public sealed class LocalRateLimiter(RateLimitOptions options, TimeProvider time, int maxKeys = 100_000) : IRateLimiter
{
    private const int SampleSize = 16;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private readonly long _interval = options.Interval.Ticks;
    private readonly long _capacity = options.Interval.Ticks * options.Burst;
    private IEnumerator<KeyValuePair<string, Bucket>>? _hand;
    private int _count;
    private int _clearing;

    /// <summary>Buckets kept now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetElapsedTime(_start).Ticks;
        key = RateLimitKey.Shorten(key);
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
        if (Volatile.Read(ref _count) >= maxKeys - (maxKeys / 4) && Interlocked.Exchange(ref _clearing, 1) == 0)
        {
            Clear(now);
            Volatile.Write(ref _clearing, 0);
        }

        var made = new Bucket();
        if (Volatile.Read(ref _count) >= maxKeys + (maxKeys / 8))
        {
            // Others come faster than one thread makes room: it counts, but only for itself.
            return made;
        }

        var kept = _buckets.GetOrAdd(key, made);
        if (ReferenceEquals(kept, made))
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }

    private void Clear(long now)
    {
        var (nearest, nearestFullAt) = (default(KeyValuePair<string, Bucket>), long.MaxValue);
        for (var looked = 0; looked < SampleSize; looked++)
        {
            if (!TryLookFurther(out var entry))
            {
                break;
            }

            var fullAt = Volatile.Read(ref entry.Value.FullAt);
            if (fullAt <= now || Volatile.Read(ref _count) > maxKeys)
            {
                Remove(entry);
            }
            else if (fullAt < nearestFullAt)
            {
                (nearest, nearestFullAt) = (entry, fullAt);
            }
        }

        if (Volatile.Read(ref _count) >= maxKeys && nearest.Key is not null)
        {
            Remove(nearest);
        }
    }

    // Round and round. The dictionary may change in between: what has gone is not found when it is to be removed.
    private bool TryLookFurther(out KeyValuePair<string, Bucket> entry)
    {
        if (_hand?.MoveNext() is not true)
        {
            _hand = _buckets.GetEnumerator();
            if (!_hand.MoveNext())
            {
                entry = default;
                return false;
            }
        }

        entry = _hand.Current;
        return true;
    }

    private void Remove(KeyValuePair<string, Bucket> entry)
    {
        if (_buckets.TryRemove(entry))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Bucket
    {
        public long FullAt;
    }
}
