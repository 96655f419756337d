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
            if (!_byKey.TryGetValue(key, out var node) || node.Value.Times.Count < limit)
            {
                return new(TimeSpan.Zero);
            }

            var left = Window - clock.GetElapsedTime(node.Value.Times.Peek());
            return new(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    /// <summary>Notes a failure now.</summary>
    public ValueTask AddAsync(string key)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var node))
            {
                _byTime.Remove(node);
            }
            else
            {
                node = new LinkedListNode<Failures>(new Failures(key));
                _byKey.Add(key, node);
            }

            _byTime.AddLast(node);
            var times = node.Value.Times;
            if (times.Count == limit)
            {
                times.Dequeue();
            }

            times.Enqueue(clock.GetTimestamp());
            node.Value.Last = clock.GetTimestamp();
            Forget();
        }

        return ValueTask.CompletedTask;
    }

    private void Forget()
    {
        while (_byTime.First is { } oldest && (_byKey.Count > maxKeys || clock.GetElapsedTime(oldest.Value.Last) >= Window))
        {
            _byTime.RemoveFirst();
            _byKey.Remove(oldest.Value.Key);
        }
    }

    private sealed class Failures(string key)
    {
        public string Key { get; } = key;

        /// <summary>The latest failures, as many as block at most, oldest first.</summary>
        public Queue<long> Times { get; } = new();

        public long Last { get; set; }
    }
}
