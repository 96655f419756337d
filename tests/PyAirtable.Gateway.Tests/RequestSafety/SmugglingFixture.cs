using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.RequestSafety;

/// <summary>One gateway for the whole table: what a request leaves behind would show in the next.</summary>
public sealed class SmugglingFixture : IAsyncLifetime
{
    private ServiceHost? _gateway;

    internal SmugglingProbe Probe { get; } = new();

    internal int Port => new Uri(_gateway!.Urls["gateway"]).Port;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(Probe.Upstream.Url, []);

    public async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await Probe.DisposeAsync();
    }
}
