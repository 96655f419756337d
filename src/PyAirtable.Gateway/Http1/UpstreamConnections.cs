using System.Collections.Concurrent;
using System.Net;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>The connections to all upstreams.</summary>
internal sealed class UpstreamConnections(EventLoops loops)
{
    private readonly ConcurrentDictionary<string, UpstreamEndpoint> _endpoints = new();

    public ValueTask<UpstreamEndpoint> FindAsync(Upstream upstream) =>
        _endpoints.TryGetValue(upstream.BaseUrl, out var known) ? ValueTask.FromResult(known) : ResolveAsync(upstream);

    private async ValueTask<UpstreamEndpoint> ResolveAsync(Upstream upstream)
    {
        var url = new Uri(upstream.BaseUrl);
        var addresses = await Dns.GetHostAddressesAsync(url.DnsSafeHost);
        var path = url.AbsolutePath == "/" ? "" : url.AbsolutePath;
        return _endpoints.GetOrAdd(upstream.BaseUrl, new UpstreamEndpoint(url.Authority, path, new ConnectionPool(new IPEndPoint(addresses[0], url.Port), loops)));
    }
}
