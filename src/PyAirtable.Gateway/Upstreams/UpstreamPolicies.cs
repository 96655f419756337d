using System.Net;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>The policy of each upstream that is reached over the network, with its state in the metrics.</summary>
internal sealed class UpstreamPolicies
{
    private readonly Dictionary<string, UpstreamPolicy> _policies;

    /// <summary>Makes them; nothing is looked up.</summary>
    public UpstreamPolicies(IEnumerable<Upstream> upstreams, UpstreamSettings settings, ProcessContext process, ILogger log)
    {
        Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = UpstreamClient.UsesProxy ? null : Dns.GetHostAddressesAsync;
        _policies = upstreams.Where(static upstream => upstream.LocalService is null).ToDictionary(
            static upstream => upstream.Name,
            upstream => new UpstreamPolicy(upstream, settings, lookUp, new UpstreamCounters(process.Metrics.Factory, upstream.Name), process.Clock, log));
        foreach (var (name, policy) in _policies)
        {
            Show(process.Metrics, name, policy);
        }
    }

    /// <summary>The policy of an upstream, which is none of this process.</summary>
    public UpstreamPolicy this[Upstream upstream] => _policies[upstream.Name];

    private static void Show(ServiceMetrics metrics, string name, UpstreamPolicy policy)
    {
        Add("pyairtable_upstream_circuit_state", "The circuit: 0 closed, 1 half-open, 2 open.", () => CircuitName.Number(policy.Circuit));
        Add("pyairtable_upstream_calls_in_flight", "Calls under way.", () => policy.InFlight);
        Add("pyairtable_upstream_calls_waiting", "Calls that wait for one of these to end.", () => policy.Waiting);
        Add("pyairtable_upstream_addresses", "Addresses of the upstream.", () => policy.Addresses.Length);
        Add("pyairtable_upstream_addresses_ejected", "Those that are left out for a while.", () => policy.Ejected);

        void Add(string metric, string help, Func<double> read) => metrics.AddGauge(metric, help, ("upstream", name), read);
    }
}
