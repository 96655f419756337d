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
    private readonly Queue<TaskCompletionSource<IdleSocket?>> _waiting = new();
    private int _working;

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
            _working++;
        }
    }

    /// <summary>Sends a ping over one that is idle, or becomes so; null when a pong has come, else what went wrong.</summary>
    public async ValueTask<string?> PingAsync()
    {
        if (await TakeAsync() is not { } socket)
        {
            return "no WebSocket is open";
        }
        if (await socket.AskAsync(Ping, CancellationToken.None))
        {
            GiveBack(socket);
            return null;
        }
        // It is broken and not used again; with the last one nobody need wait any more.
        if (--_working == 0)
        {
            while (_waiting.TryDequeue(out var turn))
            {
                turn.SetResult(null);
            }
        }
        return "no pong";
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
        _working = 0;
        _client.Dispose();
    }

    private async ValueTask<IdleSocket?> TakeAsync()
    {
        if (_idle.TryDequeue(out var socket) || _working == 0)
        {
            return socket;
        }
        var turn = new TaskCompletionSource<IdleSocket?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(turn);
        return await turn.Task;
    }

    private void GiveBack(IdleSocket socket)
    {
        if (_waiting.TryDequeue(out var turn))
        {
            turn.SetResult(socket);
        }
        else
        {
            _idle.Enqueue(socket);
        }
    }
}
