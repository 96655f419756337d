using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PyAirtable.Hosting.Lifetime;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.WebSockets;

/// <summary>Takes WebSocket handshakes, and closes what is still open with 1001 (going away, RFC 6455 §7.4.1) when the process stops.</summary>
/// <param name="stop">The stop of the process.</param>
/// <param name="options">Protocol pings and the like.</param>
/// <param name="loggers">For the handshake's own log.</param>
public sealed class WebSocketAcceptor(GracefulStop stop, WebSocketOptions options, ILoggerFactory loggers)
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    // ASP.NET Core's middleware, called without a pipeline, puts the handshake onto the request.
    private readonly WebSocketMiddleware _handshake = new(static _ => Task.CompletedTask, Options.Create(options), loggers);

    /// <summary>True if the request asks for a WebSocket.</summary>
    public async Task<bool> IsWebSocketAsync(RequestContext request)
    {
        await _handshake.Invoke(request.Http);
        return request.Http.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true };
    }

    /// <summary>Accepts the handshake and holds the conversation until it ends by itself or the process stops.</summary>
    /// <param name="request">A request for which <see cref="IsWebSocketAsync"/> was true.</param>
    /// <param name="converse">Reads and answers messages; its end ends the connection. A <see cref="WebSocketException"/> is its normal
    /// end when the client goes without a word.</param>
    public async Task AcceptAsync(RequestContext request, Func<WebSocket, CancellationToken, Task> converse)
    {
        await HoldAsync(await request.Http.WebSockets.AcceptWebSocketAsync(), socket => converse(socket, request.Aborted));
    }

    /// <summary>As <see cref="AcceptAsync"/>, on a connection whose handshake was answered elsewhere.</summary>
    /// <param name="stream">The connection, from the end of the handshake on.</param>
    /// <param name="converse">Reads and answers messages; its end ends the connection.</param>
    public Task HoldAsync(Stream stream, Func<WebSocket, Task> converse) => HoldAsync(
        WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = options.KeepAliveInterval, KeepAliveTimeout = options.KeepAliveTimeout }),
        converse);

    private async Task HoldAsync(WebSocket open, Func<WebSocket, Task> converse)
    {
        using var socket = open;
        await using var closing = stop.Stopping.UnsafeRegister(static socket => _ = GoAwayAsync((WebSocket)socket!), socket);
        try
        {
            await converse(socket);
        }
        catch (WebSocketException) when (socket.State is WebSocketState.Aborted or WebSocketState.Closed || stop.HasBegun)
        {
            // The other side has gone, or we have.
        }
    }

    private static async Task GoAwayAsync(WebSocket socket)
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                // The reader of the conversation meets the client's answering close frame; a client that sends none is cut.
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "going away", limit.Token);
                await Task.Delay(CloseLimit, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                socket.Abort();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
    }
}
