using Prometheus;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Gateway.Cutover;

/// <summary>What the metrics say of route groups with two sides.</summary>
internal sealed class CutoverCounters
{
    private readonly ServiceMetrics _metrics;
    private readonly Counter _requests;
    private readonly Counter _pulledBack;
    private readonly Counter _shadows;
    private readonly Counter _differences;
    private readonly HashSet<string> _shown = [];

    /// <summary>Makes them.</summary>
    public CutoverCounters(ServiceMetrics metrics)
    {
        _metrics = metrics;
        _requests = metrics.Factory.CreateCounter("pyairtable_cutover_requests_total", "Requests by the side that they went to: good, slow, failed, or gone where the client did not wait.", ["group", "side", "result"]);
        _pulledBack = metrics.Factory.CreateCounter("pyairtable_cutover_pulled_back_total", "Times that the guard gave the native side up.", ["group"]);
        _shadows = metrics.Factory.CreateCounter("pyairtable_cutover_shadows_total", "Requests sampled for the other side: same, different, dropped where too many were under way, or skipped where the answer cannot be compared.", ["group", "result"]);
        _differences = metrics.Factory.CreateCounter("pyairtable_cutover_differences_total", "Differences between the answers of the two sides: in status, header, json or body.", ["group", "route", "kind"]);
    }

    /// <summary>A request is over.</summary>
    public void Count(string group, Side side, string result) => _requests.WithLabels(group, Sides.NameOf(side), result).Inc();

    /// <summary>The guard gave the native side up.</summary>
    public void PulledBack(string group) => _pulledBack.WithLabels(group).Inc();

    /// <summary>A request was sampled for the other side.</summary>
    public void CountShadow(string group, string result) => _shadows.WithLabels(group, result).Inc();

    /// <summary>How many ended so.</summary>
    public double ShadowsOf(string group, string result) => _shadows.WithLabels(group, result).Value;

    /// <summary>The answers differed.</summary>
    public void CountDifference(string group, string route, string kind) => _differences.WithLabels(group, route, kind).Inc();

    /// <summary>Shows a group's weight from now on.</summary>
    public void ShowWeight(string group, Func<double> read)
    {
        _pulledBack.WithLabels(group);
        if (_shown.Add(group))
        {
            _metrics.AddGauge("pyairtable_cutover_weight", "Percentage of clients that the native side answers.", ("group", group), read);
        }
    }
}
