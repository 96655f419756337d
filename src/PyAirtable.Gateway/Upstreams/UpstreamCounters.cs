using Prometheus;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>What is counted of an upstream's policy.</summary>
internal sealed class UpstreamCounters
{
    /// <summary>The counters of one upstream.</summary>
    public UpstreamCounters(IMetricFactory factory, string upstream)
    {
        var refused = factory.CreateCounter("pyairtable_upstream_refused_total", "Calls answered 503 without being made: the circuit was open, or too many waited.", ["upstream", "reason"]);
        Refused = refused.WithLabels(upstream, "circuit");
        Shed = refused.WithLabels(upstream, "busy");
        Retries = factory.CreateCounter("pyairtable_upstream_retries_total", "Attempts beyond the first.", ["upstream"]).WithLabels(upstream);
        Ejections = factory.CreateCounter("pyairtable_upstream_ejections_total", "Times that an address was left out after failures in a row.", ["upstream"]).WithLabels(upstream);
    }

    /// <summary>Calls that an open circuit refused.</summary>
    public Counter.Child Refused { get; }

    /// <summary>Calls for which there was no place.</summary>
    public Counter.Child Shed { get; }

    /// <summary>Attempts beyond the first.</summary>
    public Counter.Child Retries { get; }

    /// <summary>Times that an address was left out.</summary>
    public Counter.Child Ejections { get; }
}
