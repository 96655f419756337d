namespace PyAirtable.Hosting.Metrics;

/// <summary>The series of one route: a short array that is searched by method and status and replaced when a new pair appears.</summary>
internal sealed class RouteSeries(string service, string route, RequestFamilies families)
{
    private readonly Lock _gate = new();
    private volatile Entry[] _entries = [];

    private readonly record struct Entry(int Method, int Status, RequestSeries Series);

    /// <summary>The series of a method (<see cref="MethodLabel"/>) and a status (<see cref="StatusLabel"/>).</summary>
    public RequestSeries Get(int method, int status)
    {
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            if (entry.Method == method && entry.Status == status)
            {
                return entry.Series;
            }
        }

        return Add(method, status);
    }

    /// <summary>Brings all counters up to date.</summary>
    public void Sample()
    {
        foreach (var entry in _entries)
        {
            entry.Series.Sample();
        }
    }

    private RequestSeries Add(int method, int status)
    {
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                if (entry.Method == method && entry.Status == status)
                {
                    return entry.Series;
                }
            }

            var series = families.Series(service, MethodLabel.Name(method), route, StatusLabel.Name(status));
            _entries = [.. _entries, new Entry(method, status, series)];
            return series;
        }
    }
}
