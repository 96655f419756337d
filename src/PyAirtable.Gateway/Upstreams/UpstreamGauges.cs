using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>The state of upstreams in the metrics, for as long as the process lives, by whichever policies are in force.</summary>
internal sealed class UpstreamGauges(ServiceMetrics metrics)
{
    private readonly HashSet<string> _shown = [];
    private volatile IReadOnlyDictionary<string, UpstreamPolicy> _policies = new Dictionary<string, UpstreamPolicy>();

    /// <summary>Shows these from now on, by their upstreams' names; one of before that is not among them as nothing.</summary>
    public void Show(IReadOnlyDictionary<string, UpstreamPolicy> policies)
    {
        _policies = policies;
        foreach (var name in policies.Keys.Where(_shown.Add))
        {
            Add("pyairtable_upstream_circuit_state", "The circuit: 0 closed, 1 half-open, 2 open.", name, static policy => CircuitName.Number(policy.Circuit));
            Add("pyairtable_upstream_calls_in_flight", "Calls under way.", name, static policy => policy.InFlight);
            Add("pyairtable_upstream_calls_waiting", "Calls that wait for one of these to end.", name, static policy => policy.Waiting);
            Add("pyairtable_upstream_addresses", "Addresses of the upstream.", name, static policy => policy.Addresses.Length);
            Add("pyairtable_upstream_addresses_ejected", "Those that are left out for a while.", name, static policy => policy.Ejected);
        }
    }

    private void Add(string metric, string help, string upstream, Func<UpstreamPolicy, double> read) =>
        metrics.AddGauge(metric, help, ("upstream", upstream), () => _policies.TryGetValue(upstream, out var policy) ? read(policy) : 0);
}
