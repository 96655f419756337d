using System.Net;

namespace PyAirtable.Automation.Upstreams;

/// <summary>Connections to the product's other services: HTTP/1.1, kept alive, a bounded number to each, nothing made before the first call.</summary>
/// <param name="key">What is sent as <c>X-API-Key</c>; empty for nothing.</param>
internal sealed class UpstreamConnections(string key) : IAsyncDisposable
{
    private const int MaxConnections = 32;
    private const int MaxHeadKilobytes = 64;

    private readonly Lazy<HttpMessageInvoker> _invoker = new(static () => new HttpMessageInvoker(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = MaxConnections,
        MaxResponseHeadersLength = MaxHeadKilobytes,
    }));

    private volatile string _key = key;

    /// <summary>What is sent as <c>X-API-Key</c>; a reload of the settings changes it.</summary>
    public string Key
    {
        get => _key;
        set => _key = value;
    }

    /// <summary>Sends, and returns once the answer's head is there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => _invoker.Value.SendAsync(request, cancel);

    public ValueTask DisposeAsync()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
        return ValueTask.CompletedTask;
    }
}
