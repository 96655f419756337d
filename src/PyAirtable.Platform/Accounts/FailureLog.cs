namespace PyAirtable.Platform.Accounts;

/// <summary>
/// Failures by key over the last minute, in this process. A key is blocked from its <paramref name="limit"/>th failure until
/// the oldest that counts is a minute old. Memory is bounded: of more than <paramref name="maxKeys"/> keys the one that failed
/// longest ago is forgotten.
/// </summary>
internal sealed class FailureLog(int limit, TimeProvider clock, int maxKeys = 10_000)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Failures>> _byKey = new(StringComparer.Ordinal);

    // The key that failed last is at the end.
    private readonly LinkedList<Failures> _byTime = new();

    /// <summary>Keys kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>How long the key stays blocked; zero if it is not.</summary>
    public ValueTask<TimeSpan> BlockedForAsync(string key)
    {
        lock (_gate)
        {
            Forget();
            return new(_byKey.TryGetValue(key, out var node) ? BlockedFor(node.Value) : TimeSpan.Zero);
        }
    }

    /// <summary>Notes a failure now, unless the key is blocked already; how long it stays so, zero if the failure was noted.</summary>
    public ValueTask<TimeSpan> AddAsync(string key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                node = new LinkedListNode<Failures>(new Failures(key));
                _byKey.Add(key, node);
            }
            else if (BlockedFor(node.Value) is var left && left > TimeSpan.Zero)
            {
                return new(left);
            }
            else
            {
                _byTime.Remove(node);
            }

            _byTime.AddLast(node);
            node.Value.Add(clock.GetTimestamp(), limit);
            Forget();
            return new(TimeSpan.Zero);
        }
    }

    private TimeSpan BlockedFor(Failures failures)
    {
        var left = failures.Count < limit ? TimeSpan.Zero : Window - clock.GetElapsedTime(failures.Oldest);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Forget()
    {
        while (_byTime.First is { } oldest && (_byKey.Count > maxKeys || clock.GetElapsedTime(oldest.Value.Last) >= Window))
        {
            _byTime.RemoveFirst();
            _byKey.Remove(oldest.Value.Key);
        }
    }

    /// <summary>The latest failures of a key, as many as block it at most.</summary>
    private sealed class Failures(string key)
    {
        private readonly Queue<long> _times = new();

        public string Key { get; } = key;

        public int Count => _times.Count;

        public long Oldest => _times.Peek();

        public long Last { get; private set; }

        public void Add(long time, int limit)
        {
            if (_times.Count == limit)
            {
                _times.Dequeue();
            }

            _times.Enqueue(time);
            Last = time;
        }
    }
}
