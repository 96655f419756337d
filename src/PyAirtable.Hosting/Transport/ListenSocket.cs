using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Hosting.Transport;

/// <summary>A listening TCP socket on an event loop.</summary>
internal sealed unsafe class ListenSocket : LoopSocket, IDisposable
{
    private const int AddressBytes = 128;

    private readonly Socket _socket;
    private readonly EventLoop _loop;

    private ListenSocket(Socket socket, EventLoop loop)
        : base((int)socket.SafeHandle.DangerousGetHandle())
    {
        (_socket, _loop) = (socket, loop);
        Address = (IPEndPoint)socket.LocalEndPoint!;
        loop.Add(this);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Binds and begins to listen.</summary>
    /// <exception cref="SocketException">The address is in use or may not be bound.</exception>
    public static ListenSocket Bind(IPEndPoint address, int backlog, EventLoop loop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }
            socket.Bind(address);
            socket.Listen(backlog);
            return new ListenSocket(socket, loop);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Accepts a connection that is there: its descriptor, or −1 with the reason.</summary>
    /// <param name="peer">Who it is.</param>
    /// <param name="error">The system's error number.</param>
    public int Accept(out IPEndPoint? peer, out int error)
    {
        var raw = stackalloc byte[AddressBytes];
        var bytes = AddressBytes;
        var descriptor = Libc.Accept(Descriptor, raw, &bytes, Libc.NonBlocking | Libc.CloseOnExec);
        (peer, error) = (null, descriptor < 0 ? Libc.LastError : 0);
        if (descriptor >= 0)
        {
            var address = new SocketAddress(Address.AddressFamily, bytes);
            new ReadOnlySpan<byte>(raw, bytes).CopyTo(address.Buffer.Span);
            peer = (IPEndPoint)Address.Create(address);
            if (peer.Address.IsIPv4MappedToIPv6)
            {
                // On a socket for both, an IPv4 client is known by its own address, as on one for IPv4.
                peer = new IPEndPoint(peer.Address.MapToIPv4(), peer.Port);
            }
        }
        return descriptor;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loop.Remove(this);
        _socket.Dispose();
    }

    internal override void OnNews(int news) => Readable.Signal();
}
