using System.Collections.Concurrent;
using Prometheus;

namespace PyAirtable.Hosting.Metrics;

/// <summary>Counts and times the requests of one service. Neither call allocates once a combination of labels was seen.</summary>
public sealed class RequestMetrics
{
    /// <summary>Route of requests that matched none.</summary>
    public const string Unmatched = "unmatched";

    /// <summary>More routes than a service has: a mistake that passes raw paths cannot fill the memory.</summary>
    private const int MaxRoutes = 512;

    private readonly ConcurrentDictionary<string, RouteSeries> _routes = new(StringComparer.Ordinal);
    private readonly RouteSeries _unmatched;
    private readonly string _service;
    private readonly RequestFamilies _families;
    private readonly Gauge.Child _inFlightGauge;
    private int _inFlight;
    private int _sampledInFlight;
    private int _routeCount;

    internal RequestMetrics(string service, RequestFamilies families)
    {
        _service = service;
        _families = families;
        _inFlightGauge = families.InFlight(service);
        _unmatched = new RouteSeries(service, Unmatched, families);
    }

    /// <summary>A request has arrived. Every call is followed by one of <see cref="End"/> or <see cref="Forget"/>.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>A request is counted elsewhere.</summary>
    public void Forget() => Interlocked.Decrement(ref _inFlight);

    /// <summary>A request was answered, or given up.</summary>
    /// <param name="method">Method as sent; unknown ones are labelled <c>OTHER</c>.</param>
    /// <param name="routeTemplate">The matched route's template, never a raw path; null where none matched.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="elapsed">Time since the arrival.</param>
    public void End(string method, string? routeTemplate, int status, TimeSpan elapsed)
    {
        Interlocked.Decrement(ref _inFlight);
        Route(routeTemplate).Get(MethodLabel.Of(method), StatusLabel.Of(status)).Observe(elapsed.TotalSeconds);
    }

    /// <summary>Brings counters and gauges up to date; called before each scrape, not concurrently.</summary>
    internal void Sample()
    {
        var inFlight = Volatile.Read(ref _inFlight);
        _inFlightGauge.Set(inFlight);
        _families.GoInFlight.Inc(inFlight - _sampledInFlight);
        _sampledInFlight = inFlight;
        _unmatched.Sample();
        foreach (var (_, route) in _routes)
        {
            route.Sample();
        }
    }

    private RouteSeries Route(string? template)
    {
        if (template is null)
        {
            return _unmatched;
        }

        return _routes.TryGetValue(template, out var route) ? route : Add(template);
    }

    private RouteSeries Add(string template)
    {
        if (Volatile.Read(ref _routeCount) >= MaxRoutes)
        {
            return _unmatched;
        }

        var added = new RouteSeries(_service, template, _families);
        var route = _routes.GetOrAdd(template, added);
        if (ReferenceEquals(route, added))
        {
            Interlocked.Increment(ref _routeCount);
        }

        return route;
    }
}
