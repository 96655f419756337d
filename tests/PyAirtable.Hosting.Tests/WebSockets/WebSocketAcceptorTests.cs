using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Tests.Serving;
using PyAirtable.Hosting.WebSockets;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.WebSockets;

public sealed class WebSocketAcceptorTests
{
    [Fact]
    public async Task Stop_OpenWebSocket_ClosesWithGoingAway()
    {
        await using var host = await StartAsync();
        using var client = await ConnectAsync(host);
        await client.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[10];
        Assert.Equal(2, (await client.ReceiveAsync(buffer, CancellationToken.None)).Count);

        var stop = host.StopAsync();
        var close = await client.ReceiveAsync(buffer, CancellationToken.None);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await stop;

        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (close.MessageType, close.CloseStatus));
    }

    [Fact]
    public async Task Stop_ClientThatNeverAnswersTheClose_IsCut()
    {
        await using var host = await StartAsync();
        using var client = await ConnectAsync(host);

        await host.StopAsync();

        Assert.Equal(WebSocketMessageType.Close, (await client.ReceiveAsync(new byte[10], CancellationToken.None)).MessageType);
    }

    [Fact]
    public async Task IsWebSocket_PlainRequest_IsNot()
    {
        await using var host = await StartAsync();

        using var answer = await host.Client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<ClientWebSocket> ConnectAsync(ServiceHost host)
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri(host.Urls["echo"].Replace("http", "ws", StringComparison.Ordinal)), CancellationToken.None);
        return client;
    }

    private static Task<ServiceHost> StartAsync() => ServiceHost.StartAsync((_, _) => process =>
    {
        var acceptor = new WebSocketAcceptor(process.Stop, new WebSocketOptions(), process.Log);
        return [new TestModule("echo", request => EchoAsync(acceptor, request))];
    });

    private static async Task EchoAsync(WebSocketAcceptor acceptor, RequestContext request)
    {
        if (!await acceptor.IsWebSocketAsync(request))
        {
            request.Http.Response.StatusCode = (int)HttpStatusCode.Forbidden;
            return;
        }
        await acceptor.AcceptAsync(request, static async (socket, cancel) =>
        {
            var buffer = new byte[100];
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancel) is { MessageType: not WebSocketMessageType.Close } message)
            {
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, cancel);
            }
        });
    }
}
