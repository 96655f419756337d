using Prometheus;

namespace PyAirtable.Hosting.Metrics;

/// <summary>
/// The series of requests under both sets of names that dashboards know.
/// <para>Conventional: <c>http_requests_total</c>, <c>http_request_duration_seconds</c> {service, method, route, status} and <c>http_requests_in_flight</c> {service}.</para>
/// <para>The Go services': <c>pyairtable_http_requests_total</c> {method, path, status_code}, <c>pyairtable_http_request_duration_seconds</c> {method, path}
/// and <c>pyairtable_http_requests_in_flight</c>, summed over the services of the process; <c>path</c> is the route template.</para>
/// <para>A request is observed once in each histogram. All counters and gauges are brought up to date from them at scrape.</para>
/// </summary>
internal sealed class RequestFamilies
{
    /// <summary>Upper bounds in seconds: the Go client's default ones and two finer ones.</summary>
    private static readonly double[] Buckets = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private readonly Counter _requests;
    private readonly Histogram _durations;
    private readonly Gauge _inFlight;
    private readonly Counter _goRequests;
    private readonly Histogram _goDurations;

    public RequestFamilies(IMetricFactory factory)
    {
        var histogram = new HistogramConfiguration { Buckets = Buckets };
        string[] labels = ["service", "method", "route", "status"];
        _requests = factory.CreateCounter("http_requests_total", "Answered requests.", labels);
        _durations = factory.CreateHistogram("http_request_duration_seconds", "Time from a request's arrival to the end of its answer.", labels, histogram);
        _inFlight = factory.CreateGauge("http_requests_in_flight", "Requests that are being answered.", ["service"]);
        _goRequests = factory.CreateCounter("pyairtable_http_requests_total", "Answered requests.", ["method", "path", "status_code"]);
        _goDurations = factory.CreateHistogram("pyairtable_http_request_duration_seconds", "Time from a request's arrival to the end of its answer.", ["method", "path"], histogram);
        GoInFlight = factory.CreateGauge("pyairtable_http_requests_in_flight", "Requests that are being answered.");
    }

    /// <summary>Requests in flight of all services.</summary>
    public Gauge GoInFlight { get; }

    /// <summary>Requests in flight of one service.</summary>
    public Gauge.Child InFlight(string service) => _inFlight.WithLabels(service);

    /// <summary>The series of one combination of labels.</summary>
    public RequestSeries Series(string service, string method, string route, string status) => new(
        _durations.WithLabels(service, method, route, status),
        _goDurations.WithLabels(method, route),
        _requests.WithLabels(service, method, route, status),
        _goRequests.WithLabels(method, route, status));
}
