using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyAirtable.Mcp.Protocol;

/// <summary>A session of the Model Context Protocol over HTTP: no thread, and no buffer while nothing happens.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private readonly McpServer _server;
    private readonly Task _run;
    private int _requests;
    private int _hasStream;

    /// <summary>Opens it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="key">Index of the key that opened it, which alone may use it.</param>
    /// <param name="options">What it serves.</param>
    /// <param name="clock">The clock.</param>
    public Session(string id, int key, McpServerOptions options, TimeProvider clock)
    {
        (Id, Key, _clock) = (id, key, clock);
        Transport = new StreamableHttpServerTransport { SessionId = id };
        _server = McpServer.Create(Transport, options);
        _run = _server.RunAsync(_end.Token);
        LastUsed = clock.GetTimestamp();
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Index of its key.</summary>
    public int Key { get; }

    /// <summary>Carries its messages.</summary>
    public StreamableHttpServerTransport Transport { get; }

    /// <summary>When it was last used, of the clock's timestamps.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Whether no request and no stream is under way.</summary>
    public bool IsIdle => Volatile.Read(ref _requests) == 0;

    /// <summary>A request begins.</summary>
    public void Enter()
    {
        Interlocked.Increment(ref _requests);
        LastUsed = _clock.GetTimestamp();
    }

    /// <summary>A request has ended.</summary>
    public void Leave()
    {
        LastUsed = _clock.GetTimestamp();
        Interlocked.Decrement(ref _requests);
    }

    /// <summary>Whether the one stream for messages of the server may be opened; false while there is one.</summary>
    public bool TryOpenStream() => Interlocked.Exchange(ref _hasStream, 1) == 0;

    /// <summary>That stream has ended.</summary>
    public void CloseStream() => Volatile.Write(ref _hasStream, 0);

    /// <summary>Tells the client that the list of tools is another one; nothing where it does not listen.</summary>
    public async Task AnnounceToolsAsync()
    {
        try
        {
            await _server.SendMessageAsync(new JsonRpcNotification { Method = NotificationMethods.ToolListChangedNotification }, _end.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // It is ending, or its client went away: the next list is the new one all the same.
        }
    }

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
