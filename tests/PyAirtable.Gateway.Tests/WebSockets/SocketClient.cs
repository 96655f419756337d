using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Gateway.Tests.WebSockets;

/// <summary>A client's WebSocket at a gateway's <c>/ws</c>.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<SocketClient> ConnectAsync(GatewayHost gateway, string session = "s1")
    {
        var client = new SocketClient();
        await client._socket.ConnectAsync(AddressOf(gateway, session), CancellationToken.None).WaitAsync(Patience);
        return client;
    }

    /// <summary>Connects and shows the key; what comes first is what the session has missed, then this pong, which is taken away.</summary>
    public static async Task<SocketClient> OpenAsync(GatewayHost gateway, string session = "s1")
    {
        var client = await ConnectAsync(gateway, session);
        await client.SendAsync($$"""{"type":"auth","api_key":"{{GatewayHost.Key}}","session_id":"another"}""");
        await client.SendAsync("""{"type":"ping"}""");
        Assert.Equal("pong", client.TypeOf(await client.ReceiveAsync()));
        return client;
    }

    public static Uri AddressOf(GatewayHost gateway, string session) => new($"ws://127.0.0.1:{gateway.Port}/ws?session_id={Uri.EscapeDataString(session)}");

    public Task AuthenticateAsync() => SendAsync($$"""{"type":"auth","api_key":"{{GatewayHost.Key}}"}""");

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, true, CancellationToken.None).WaitAsync(Patience);

    /// <summary>The next text, or <c>close code reason</c>.</summary>
    public async Task<string> ReceiveAsync()
    {
        var text = new StringBuilder();
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer, CancellationToken.None).WaitAsync(Patience);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return $"close {(int)part.CloseStatus!} {part.CloseStatusDescription}".TrimEnd();
            }
            text.Append(Encoding.UTF8.GetString(_buffer, 0, part.Count));
            if (part.EndOfMessage)
            {
                return text.ToString();
            }
        }
    }

    /// <summary>Receives a data message and gives its data.</summary>
    public async Task<string> ReceiveDataAsync()
    {
        using var message = JsonDocument.Parse(await ReceiveAsync());
        return message.RootElement.GetProperty("data").GetRawText();
    }

    /// <summary>Receives an error and gives its code and text.</summary>
    public async Task<string> ReceiveErrorAsync()
    {
        using var message = JsonDocument.Parse(await ReceiveAsync());
        Assert.Equal(["type", "timestamp", "session_id", "data"], message.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("error", message.RootElement.GetProperty("type").GetString());
        var data = message.RootElement.GetProperty("data");
        Assert.Equal(["error_code", "message", "timestamp"], data.EnumerateObject().Select(member => member.Name));
        return $"{data.GetProperty("error_code").GetString()}: {data.GetProperty("message").GetString()}";
    }

    /// <summary>Fails if anything but a pong is the next to come.</summary>
    public async Task AssertNothingWaitsAsync()
    {
        await SendAsync("""{"type":"ping"}""");
        Assert.Equal("pong", TypeOf(await ReceiveAsync()));
    }

    public async Task CloseAsync()
    {
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None).WaitAsync(Patience);
    }

    public string? TypeOf(string text)
    {
        using var message = JsonDocument.Parse(text);
        return message.RootElement.GetProperty("type").GetString();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
