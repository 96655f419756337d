using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>A service behind the gateway.</summary>
/// <param name="Name">Its name in health answers and logs, such as <c>airtable-gateway</c>.</param>
/// <param name="BaseUrl">What the paths of its requests are appended to, as plain text: a path in it is kept. It may be several with
/// commas between, see <see cref="UpstreamEndpoint"/>.</param>
/// <param name="Timeout">How long it may take to accept a connection, and be silent in one.</param>
public sealed record Upstream(string Name, string BaseUrl, TimeSpan Timeout)
{
    /// <summary>Short name of the module of this process that stands in for it; null where it is reached over the network.</summary>
    public string? LocalService { get; init; }

    /// <summary>How long each phase of a call may take; <see cref="Timeout"/> for each where nothing else is set.</summary>
    public UpstreamTimeouts Timeouts { get; init; } = UpstreamTimeouts.OfEachPhase(Timeout);
}
