using PyAirtable.Gateway.Tests.FastPath;

namespace PyAirtable.Gateway.Tests.WebSockets;

/// <summary>Tests of the WebSockets that run twice: with handshakes taken on the fast path, and by the HTTP server.</summary>
/// <param name="isFast">Which.</param>
public abstract class BothWays(bool isFast)
{
    private protected Task<GatewayHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(TimeProvider.System, settings);

    private protected Task<GatewayHost> StartAsync(TimeProvider clock, params (string Name, string Value)[] settings) =>
        GatewayHost.StartAsync(clock, gateway => new CountedModule(gateway, isFast), settings);
}
