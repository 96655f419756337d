using Prometheus;

namespace PyAirtable.Hosting.Metrics;

/// <summary>The children of one combination of service, method, route and status, under both sets of names.</summary>
internal sealed class RequestSeries(Histogram.Child duration, Histogram.Child goDuration, Counter.Child requests, Counter.Child goRequests)
{
    private long _counted;

    /// <summary>Records one answer.</summary>
    public void Observe(double seconds)
    {
        duration.Observe(seconds);
        goDuration.Observe(seconds);
    }

    /// <summary>Brings the counters up to the histogram's count. Not for concurrent use.</summary>
    public void Sample()
    {
        var count = duration.Count;
        requests.Inc(count - _counted);
        goRequests.Inc(count - _counted);
        _counted = count;
    }
}
