using System.Text;
using PyAirtable.Bench.Peers;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.WebSockets;

/// <summary>Open, authenticated WebSockets at the gateway, of which each is asked one thing at a time.</summary>
internal sealed class SocketPool(SystemUnderTest system) : IAsyncDisposable
{
    private const int PerSession = 4;
    private static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<IdleSocket> _sockets = [];
    private readonly Queue<IdleSocket> _idle = new();

    /// <summary>Opens so many.</summary>
    /// <exception cref="InvalidOperationException">The gateway does not take them.</exception>
    public async Task OpenAsync(int count)
    {
        var auth = Encoding.UTF8.GetBytes($$"""{"type":"auth","api_key":"{{system.Key}}"}""");
        for (var number = 0; number < count; number++)
        {
            var address = new Uri($"ws://{system.Gateway.Authority}/ws?session_id=load-{number / PerSession}");
            var socket = await IdleSocket.OpenAsync(address, _client, auth, CancellationToken.None);
            _sockets.Add(socket);
            _idle.Enqueue(socket);
        }
    }

    /// <summary>Sends a ping over one that is idle; null when a pong has come, else what went wrong.</summary>
    public async ValueTask<string?> PingAsync()
    {
        if (!_idle.TryDequeue(out var socket))
        {
            return "no WebSocket is idle";
        }
        var answered = await socket.AskAsync(Ping, CancellationToken.None);
        if (!answered)
        {
            // It is broken and not used again.
            return "no pong";
        }
        _idle.Enqueue(socket);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }
        _sockets.Clear();
        _idle.Clear();
        _client.Dispose();
    }
}
