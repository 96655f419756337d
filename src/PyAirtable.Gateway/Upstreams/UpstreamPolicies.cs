using System.Net;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>The policy of each upstream that is reached over the network, with its state in the metrics.</summary>
internal sealed class UpstreamPolicies
{
    private readonly ProcessContext _process;
    private readonly ILogger _log;
    private readonly UpstreamGauges _gauges;
    private readonly Dictionary<string, UpstreamPolicy> _policies;

    /// <summary>Makes them; nothing is looked up.</summary>
    public UpstreamPolicies(IEnumerable<Upstream> upstreams, UpstreamSettings settings, ProcessContext process, ILogger log)
        : this(upstreams, settings, process, log, new UpstreamGauges(process.Metrics), null)
    {
    }

    private UpstreamPolicies(IEnumerable<Upstream> upstreams, UpstreamSettings settings, ProcessContext process, ILogger log, UpstreamGauges gauges, UpstreamPolicies? before)
    {
        (_process, _log, _gauges) = (process, log, gauges);
        Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = UpstreamClient.UsesProxy ? null : Dns.GetHostAddressesAsync;
        _policies = upstreams.Where(static upstream => upstream.LocalService is null).ToDictionary(
            static upstream => upstream.Name,
            upstream => before?._policies.GetValueOrDefault(upstream.Name) is { } same && same.IsOf(upstream, settings)
                ? same
                : new UpstreamPolicy(upstream, settings, lookUp, new UpstreamCounters(process.Metrics.Factory, upstream.Name), process.Clock, log));
        gauges.Show(_policies);
    }

    /// <summary>The policy of an upstream, which is none of this process.</summary>
    public UpstreamPolicy this[Upstream upstream] => _policies[upstream.Name];

    /// <summary>Those for other settings. Where nothing has changed for an upstream, its policy stays, with its circuit, counts and
    /// connections.</summary>
    public UpstreamPolicies With(IEnumerable<Upstream> upstreams, UpstreamSettings settings) => new(upstreams, settings, _process, _log, _gauges, this);

    /// <summary>Gives up those that <paramref name="successor"/> does not go on with.</summary>
    public void GiveWayTo(UpstreamPolicies successor)
    {
        foreach (var policy in _policies.Values.Except(successor._policies.Values))
        {
            policy.Retire();
        }
    }
}
