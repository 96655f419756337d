using System.Net;

namespace PyAirtable.Hosting.Transport;

/// <summary>
/// A connected TCP socket on an event loop. One may receive while another sends; each direction has one user at a time.
/// </summary>
public sealed class StreamSocket : LoopSocket, IDisposable
{
    /// <summary>Result of <see cref="Receive"/> and <see cref="Send"/>: nothing can be done before there is news.</summary>
    public const int WouldBlock = -1;

    private const int NoDelay = 1;
    private const int PendingError = 4;

    private readonly EventLoop _loop;
    private readonly Lock _end = new();
    private long _deadline;
    private volatile bool _hungUp;
    private volatile bool _expired;
    private bool _drained;
    private bool _timed;
    private bool _closed;

    private unsafe StreamSocket(int descriptor, EventLoop loop)
        : base(descriptor)
    {
        _loop = loop;
        var on = 1;
        _ = Libc.SetOption(descriptor, Libc.Tcp, NoDelay, &on, sizeof(int));
    }

    /// <summary>There is room to send into.</summary>
    internal Readiness Writable { get; } = new();

    /// <summary>The loop that it is on.</summary>
    public EventLoop Loop => _loop;

    /// <summary>Who is told of the end: that the other side has closed its half or is gone, or that the deadline has passed.</summary>
    public ISocketObserver? Observer { get; set; }

    /// <summary>Whether nothing has come that nobody asked for, and the other side is there.</summary>
    /// <param name="ask">Whether to ask the kernel, who knows what the loop may not have been told yet.</param>
    public unsafe bool IsQuiet(bool ask)
    {
        if (_hungUp || _expired)
        {
            return false;
        }
        if (!ask && !Readable.IsSignalled)
        {
            return true;
        }
        byte next;
        return Libc.Receive(Descriptor, &next, 1, Libc.Peek) < 0 && Libc.LastError == Libc.WouldBlock;
    }

    /// <summary>Whether <see cref="Receive"/> may have something, as far as is known without asking the kernel.</summary>
    public bool MayReceive => !_drained || _hungUp;

    /// <summary>Takes a socket that was accepted, whose news come after <see cref="Open"/>.</summary>
    /// <param name="descriptor">Non-blocking; closed by this from now on.</param>
    /// <param name="loop">Where it is to live.</param>
    internal static StreamSocket Adopt(int descriptor, EventLoop loop) => new(descriptor, loop);

    /// <summary>Lets the news come.</summary>
    internal void Open() => _loop.Add(this);

    /// <summary>Connects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="loop">Where it is to live.</param>
    /// <param name="limit">How long it may take.</param>
    /// <exception cref="TransportException">The other side refuses or cannot be reached.</exception>
    /// <exception cref="TimeoutException">It takes longer than <paramref name="limit"/>.</exception>
    public static async ValueTask<StreamSocket> ConnectAsync(IPEndPoint address, EventLoop loop, TimeSpan limit)
    {
        var socket = Begin(address.Serialize(), loop, limit);
        try
        {
            await socket.Writable.WaitAsync();
            socket.CheckConnected();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Receives what is there: the number of bytes, 0 at the end, or <see cref="WouldBlock"/>.</summary>
    /// <exception cref="TransportException">The connection is broken.</exception>
    /// <exception cref="TimeoutException">The deadline has passed.</exception>
    public unsafe int Receive(Span<byte> buffer)
    {
        ThrowIfExpired();
        while (true)
        {
            nint got;
            fixed (byte* data = buffer)
            {
                got = Libc.Receive(Descriptor, data, buffer.Length, 0);
            }
            if (got >= 0)
            {
                // Less than asked for means that there is no more, unless the end has come (epoll(7)).
                _drained = got > 0 && got < buffer.Length;
                return (int)got;
            }
            var error = Libc.LastError;
            if (error == Libc.WouldBlock)
            {
                _drained = true;
                return WouldBlock;
            }
            if (error != Libc.Interrupted)
            {
                throw new TransportException(error);
            }
        }
    }

    /// <summary>Sends what there is room for: the number of bytes, or <see cref="WouldBlock"/>.</summary>
    /// <exception cref="TransportException">The connection is broken.</exception>
    /// <exception cref="TimeoutException">The deadline has passed.</exception>
    public unsafe int Send(ReadOnlySpan<byte> data)
    {
        ThrowIfExpired();
        while (true)
        {
            nint sent;
            fixed (byte* from = data)
            {
                sent = Libc.Send(Descriptor, from, data.Length, Libc.NoSignal);
            }
            if (sent >= 0)
            {
                return (int)sent;
            }
            var error = Libc.LastError;
            if (error == Libc.WouldBlock)
            {
                return WouldBlock;
            }
            if (error != Libc.Interrupted)
            {
                throw new TransportException(error);
            }
        }
    }

    /// <summary>Waits until <see cref="Receive"/> may have something.</summary>
    public ValueTask WaitReadableAsync() => MayReceive ? ValueTask.CompletedTask : Readable.WaitAsync();

    /// <summary>Waits until <see cref="Send"/> has room.</summary>
    public ValueTask WaitWritableAsync() => Writable.WaitAsync();

    /// <summary>Gives the socket until then; both directions fail with a <see cref="TimeoutException"/> after it.</summary>
    /// <param name="tickCount">In the milliseconds of <see cref="Environment.TickCount64"/>; 0 for no limit.</param>
    public void SetDeadline(long tickCount)
    {
        Volatile.Write(ref _deadline, tickCount);
        if (!_timed && tickCount != 0)
        {
            _timed = true;
            _loop.BeginTiming();
        }
    }

    /// <summary>The deadline as set, 0 for none.</summary>
    public long Deadline => Volatile.Read(ref _deadline);

    /// <summary>Ends the conversation in both directions, from any thread. Who waits is woken by the kernel, and finds it broken.</summary>
    public void ShutDown()
    {
        lock (_end)
        {
            if (!_closed)
            {
                _ = Libc.ShutDown(Descriptor, Libc.ShutDownBoth);
            }
        }
    }

    /// <summary>Closes the socket. Nobody may be using it.</summary>
    public void Dispose()
    {
        lock (_end)
        {
            if (_closed)
            {
                return;
            }
            _closed = true;
            _loop.Remove(this);
            if (_timed)
            {
                _loop.EndTiming();
            }
            _ = Libc.Close(Descriptor);
        }
    }

    internal override void OnNews(int news)
    {
        if ((news & (Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError)) != 0 && !_hungUp)
        {
            _hungUp = true;
            Observer?.OnEnded();
        }
        if ((news & (Libc.EpollIn | Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError)) != 0)
        {
            Readable.Signal();
        }
        if ((news & (Libc.EpollOut | Libc.EpollHangUp | Libc.EpollError)) != 0)
        {
            Writable.Signal();
        }
    }

    internal override void ExpireAt(long now)
    {
        var deadline = Volatile.Read(ref _deadline);
        if (deadline != 0 && now >= deadline && !_expired)
        {
            _expired = true;
            Observer?.OnEnded();
            Readable.Signal();
            Writable.Signal();
        }
    }

    private static unsafe StreamSocket Begin(SocketAddress address, EventLoop loop, TimeSpan limit)
    {
        var descriptor = Libc.CreateTcpSocket(address.Family);
        if (descriptor < 0)
        {
            throw new TransportException(Libc.LastError);
        }
        var socket = new StreamSocket(descriptor, loop);
        socket.SetDeadline(Environment.TickCount64 + (long)limit.TotalMilliseconds);
        int result;
        fixed (byte* raw = address.Buffer.Span)
        {
            result = Libc.Connect(descriptor, raw, address.Size);
        }
        if (result < 0 && Libc.LastError is not Libc.InProgress and var error)
        {
            _ = Libc.Close(descriptor);
            socket.Forget();
            throw new TransportException(error);
        }
        loop.Add(socket);
        return socket;
    }

    private void Forget()
    {
        _closed = true;
        _loop.EndTiming();
    }

    private unsafe void CheckConnected()
    {
        ThrowIfExpired();
        int error;
        var bytes = sizeof(int);
        if (Libc.GetOption(Descriptor, Libc.SocketLevel, PendingError, &error, &bytes) < 0)
        {
            error = Libc.LastError;
        }
        if (error != 0)
        {
            throw new TransportException(error);
        }
    }

    private void ThrowIfExpired()
    {
        if (Volatile.Read(ref _closed))
        {
            throw new TransportException(Libc.BrokenPipe);
        }
        if (_expired)
        {
            throw new TimeoutException("The connection was silent for too long.");
        }
    }
}
