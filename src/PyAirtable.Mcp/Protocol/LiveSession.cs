using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyAirtable.Mcp.Protocol;

/// <summary>A session while it is used: the protocol library's server and transport, some 15 KB.</summary>
internal sealed class LiveSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly McpServer _server;
    private readonly Task _run;

    /// <summary>Starts it.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="options">What it serves.</param>
    /// <param name="store">Streams of its answers; null where they end with their connections.</param>
    public LiveSession(string id, McpServerOptions options, ISseEventStreamStore? store)
    {
        Transport = new StreamableHttpServerTransport { SessionId = id, EventStreamStore = store };
        _server = McpServer.Create(Transport, options);
        _run = _server.RunAsync(_end.Token);
    }

    /// <summary>Carries its messages.</summary>
    public StreamableHttpServerTransport Transport { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Transport.DisposeAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        _end.Dispose();
    }
}
