using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Systems;
using PyAirtable.Load.WebSockets;

namespace PyAirtable.Load.Tests.WebSockets;

public sealed class SocketPoolTests : IAsyncLifetime
{
    private readonly WebApplication _server;
    private bool _answers = true;

    public SocketPoolTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.UseWebSockets();
        _server.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            // The first message is the key.
            await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType == WebSocketMessageType.Text && _answers)
            {
                await socket.SendAsync("""{"type":"pong"}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            context.Abort();
        });
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void PingAsync_MoreThanThereAreSockets_WaitTheirTurn() => Assert.Equal(new string?[20], Ping(20));

    [Fact]
    public void PingAsync_SocketsBreak_FailsForAll()
    {
        _answers = false;

        var faults = Ping(5);

        Assert.Equal(2, faults.Count(fault => fault == "no pong"));
        Assert.Equal(3, faults.Count(fault => fault == "no WebSocket is open"));
    }

    private string?[] Ping(int times) => LoadLoop.Run(async loop =>
    {
        await using var system = new RemoteSystem(loop, new Uri(_server.Urls.First()), "key", 1);
        await using var sockets = new SocketPool(system);
        await sockets.OpenAsync(2);
        return await Task.WhenAll(Enumerable.Range(0, times).Select(_ => sockets.PingAsync().AsTask()));
    });
}
