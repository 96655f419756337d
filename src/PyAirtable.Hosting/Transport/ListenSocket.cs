using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Hosting.Transport;

/// <summary>A listening TCP socket on an event loop. It is the system's own: the framework's share a thread, which would be
/// started for this one alone.</summary>
internal sealed unsafe class ListenSocket : LoopSocket, IDisposable
{
    private const int AddressBytes = 128;

    private readonly EventLoop _loop;
    private int _closed;

    private ListenSocket(int descriptor, IPEndPoint address, EventLoop loop)
        : base(descriptor)
    {
        (Address, _loop) = (address, loop);
        loop.Add(this);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Binds and begins to listen.</summary>
    /// <exception cref="TransportException">The address is in use or may not be bound.</exception>
    public static ListenSocket Bind(IPEndPoint address, int backlog, EventLoop loop)
    {
        var descriptor = Check(Libc.CreateTcpSocket(address.AddressFamily));
        try
        {
            // So that a restart need not wait for the last connections of before.
            var on = 1;
            Check(Libc.SetOption(descriptor, Libc.SocketLevel, Libc.ReuseAddress, &on, sizeof(int)));
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                var only = address.Address.Equals(IPAddress.IPv6Any) ? 0 : 1;
                Check(Libc.SetOption(descriptor, Libc.Ip6Level, Libc.Ip6Only, &only, sizeof(int)));
            }
            var wanted = address.Serialize();
            fixed (byte* raw = wanted.Buffer.Span)
            {
                Check(Libc.Bind(descriptor, raw, wanted.Size));
            }
            Check(Libc.Listen(descriptor, backlog));
            var bound = stackalloc byte[AddressBytes];
            var bytes = AddressBytes;
            Check(Libc.GetName(descriptor, bound, &bytes));
            return new ListenSocket(descriptor, Read(bound, bytes, address), loop);
        }
        catch
        {
            _ = Libc.Close(descriptor);
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
            peer = Read(raw, bytes, Address);
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
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _loop.Remove(this);
            _ = Libc.Close(Descriptor);
        }
    }

    internal override void OnNews(int news) => Readable.Signal();

    // Of the same family as another.
    private static IPEndPoint Read(byte* raw, int bytes, IPEndPoint other)
    {
        var address = new SocketAddress(other.AddressFamily, bytes);
        new ReadOnlySpan<byte>(raw, bytes).CopyTo(address.Buffer.Span);
        return (IPEndPoint)other.Create(address);
    }

    private static int Check(int result) => result >= 0 ? result : throw new TransportException(Libc.LastError);
}
