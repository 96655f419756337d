using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.WebSockets.Sources;

/// <summary>Whose news the sessions are told.</summary>
/// <param name="Caller">Asks.</param>
/// <param name="Services">Whose state, one after the other, under which names.</param>
/// <param name="Costs">Whose costs; null for nobody's.</param>
internal sealed record PolledUpstreams(UpstreamCaller Caller, IReadOnlyList<(string Name, Upstream Upstream)> Services, Upstream? Costs)
{
    /// <summary>Those of the settings.</summary>
    public static PolledUpstreams Of(GatewaySettings settings, UpstreamCaller caller)
    {
        (string, Upstream)[] services = [("llm_orchestrator", settings.Llm), ("mcp_server", settings.Mcp)];
        return new(caller, settings.CostTracking is { } costs ? [.. services, ("cost_tracking", costs)] : services, settings.CostTracking);
    }
}
