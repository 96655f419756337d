using PyAirtable.Automation.Outbound;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Connections to object storage, and to where its keys come from: kept alive, a bounded number, nothing made before the first request.</summary>
internal sealed class StorageConnections : IAsyncDisposable
{
    private const int MaxConnections = 64;

    private readonly Lazy<HttpMessageInvoker> _invoker = new(static () =>
        new HttpMessageInvoker(PlainHandler.Create(MaxConnections, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5))));

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
