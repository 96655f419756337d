using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Tests.Transport;

/// <summary>A connection of the transport, and the plain socket at its other end.</summary>
internal sealed class ConnectedPair : IAsyncDisposable
{
    /// <summary>How long anything that must happen may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EventLoops _loops;
    private readonly IConnectionListener _listener;

    private ConnectedPair(EventLoops loops, IConnectionListener listener, Socket client, SocketConnection server) =>
        (_loops, _listener, Client, Server) = (loops, listener, client, server);

    public Socket Client { get; }

    public SocketConnection Server { get; }

    public static async Task<ConnectedPair> ConnectAsync(int? clientBuffer = null)
    {
        var loops = new EventLoops(2);
        var listener = await new EpollTransport(loops).BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (clientBuffer is { } bytes)
        {
            client.ReceiveBufferSize = bytes;
        }
        await client.ConnectAsync(listener.EndPoint);
        var server = await listener.AcceptAsync().AsTask().WaitAsync(Patience);
        return new ConnectedPair(loops, listener, client, (SocketConnection)server!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await _listener.DisposeAsync();
        await _loops.DisposeAsync();
    }
}
