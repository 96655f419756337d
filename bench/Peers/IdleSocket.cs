using System.Net.WebSockets;

namespace PyAirtable.Bench.Peers;

/// <summary>A WebSocket client that authenticates, answers pings, and else only listens.</summary>
internal sealed class IdleSocket : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private TaskCompletionSource? _pong;

    private IdleSocket(ClientWebSocket socket) => (_socket, _reading) = (socket, ReadAsync(socket));

    /// <summary>Whether the server keeps it.</summary>
    public bool IsOpen => _socket.State == WebSocketState.Open && !_reading.IsCompleted;

    /// <summary>Opens one and sends its first message.</summary>
    /// <exception cref="InvalidOperationException">The server does not take it.</exception>
    public static async Task<IdleSocket> OpenAsync(Uri address, HttpMessageInvoker client, byte[] first, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await socket.ConnectAsync(address, client, cancel);
            await socket.SendAsync(first.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel);
            return new IdleSocket(socket);
        }
        catch (WebSocketException failure)
        {
            socket.Dispose();
            throw new InvalidOperationException($"{address.AbsolutePath} took no WebSocket: {failure.Message}");
        }
    }

    /// <summary>Sends a ping message; whether a pong message comes.</summary>
    public async Task<bool> AskAsync(byte[] ping, CancellationToken cancel)
    {
        _pong = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _socket.SendAsync(ping.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel);
            await _pong.Task.WaitAsync(AnswerLimit, cancel);
            return true;
        }
        catch (Exception failure) when (failure is WebSocketException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Drops the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _end.Dispose();
    }

    // The client's library answers protocol pings while it reads.
    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var message = await socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                if (message.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }
                if (buffer.AsSpan(0, message.Count).IndexOf("\"pong\""u8) >= 0)
                {
                    _pong?.TrySetResult();
                }
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
        }
    }
}
