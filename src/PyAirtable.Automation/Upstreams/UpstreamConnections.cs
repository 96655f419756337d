using PyAirtable.Automation.Outbound;

namespace PyAirtable.Automation.Upstreams;

/// <summary>Connections to the product's other services: HTTP/1.1, kept alive, a bounded number to each, nothing made before the first call.</summary>
/// <param name="key">What is sent as <c>X-API-Key</c>; empty for nothing.</param>
internal sealed class UpstreamConnections(string key) : IAsyncDisposable
{
    private const int MaxConnections = 32;

    private readonly Lazy<HttpMessageInvoker> _invoker = new(static () =>
        new HttpMessageInvoker(PlainHandler.Create(MaxConnections, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5))));

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
