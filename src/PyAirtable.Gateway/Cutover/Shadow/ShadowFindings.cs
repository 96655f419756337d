namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>What copies of requests have shown: counts, the last samples, and which places differ by themselves. All of it is bounded.</summary>
/// <param name="counters">The metrics.</param>
internal sealed class ShadowFindings(CutoverCounters counters)
{
    private const int KeptSamples = 100;
    private const int MostRoutes = 512;

    private readonly Lock _keeping = new();
    private readonly Queue<DifferenceSample> _samples = [];
    private readonly Dictionary<string, RouteNoise> _noise = new(StringComparer.Ordinal);
    private int _underWay;

    /// <summary>Copies under way.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>The last samples, newest first.</summary>
    public IReadOnlyList<DifferenceSample> Samples
    {
        get
        {
            lock (_keeping)
            {
                return [.. _samples.Reverse()];
            }
        }
    }

    /// <summary>Places that differ by themselves, by group and route.</summary>
    public IReadOnlyList<RouteNoise> Noise
    {
        get
        {
            lock (_keeping)
            {
                return [.. _noise.Values.Select(static noise => noise.Copy())];
            }
        }
    }

    /// <summary>Takes a place for a copy; false where there are as many as may be.</summary>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _underWay) <= most)
        {
            return true;
        }
        Leave();
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _underWay);

    /// <summary>Counts how a sampled request ended: <c>same</c>, <c>different</c>, <c>dropped</c> or <c>skipped</c>.</summary>
    public void Count(string group, string result) => counters.CountShadow(group, result);

    /// <summary>Keeps what differed between two answers of one side.</summary>
    public void Learn(string group, string route, List<Difference> differences)
    {
        lock (_keeping)
        {
            // A side that answers now this and now that is no noise.
            differences = differences.FindAll(static difference => difference.Kind != "status");
            if (differences.Count == 0 || (!_noise.TryGetValue(KeyOf(group, route), out var noise) && _noise.Count == MostRoutes))
            {
                return;
            }
            noise ??= _noise[KeyOf(group, route)] = new RouteNoise(group, route, []);
            foreach (var difference in differences)
            {
                noise.Add(NameOf(difference));
            }
        }
    }

    /// <summary>The differences that are none of those which come by themselves.</summary>
    public List<Difference> WithoutNoise(string group, string route, List<Difference> differences)
    {
        lock (_keeping)
        {
            return _noise.TryGetValue(KeyOf(group, route), out var noise) ? differences.FindAll(difference => !noise.Contains(NameOf(difference))) : differences;
        }
    }

    /// <summary>Keeps a sample, and counts its differences.</summary>
    public void Add(DifferenceSample sample)
    {
        foreach (var kind in sample.Differences.Select(difference => difference.Kind).Distinct())
        {
            counters.CountDifference(sample.Group, sample.Route, kind);
        }
        lock (_keeping)
        {
            _samples.Enqueue(sample);
            if (_samples.Count > KeptSamples)
            {
                _samples.Dequeue();
            }
        }
    }

    /// <summary>Forgets samples and what was learned.</summary>
    public void Clear()
    {
        lock (_keeping)
        {
            _samples.Clear();
            _noise.Clear();
        }
    }

    private static string KeyOf(string group, string route) => $"{group} {route}";

    private static string NameOf(Difference difference) => difference.Place.Length == 0 ? difference.Kind : $"{difference.Kind} {difference.Place}";
}
