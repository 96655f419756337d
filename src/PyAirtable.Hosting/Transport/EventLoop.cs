using System.Runtime.InteropServices;

namespace PyAirtable.Hosting.Transport;

/// <summary>
/// One thread that waits for news of its sockets and runs what waits for them, right there: a request is read, forwarded and answered
/// without a change of thread. Hence nothing that runs on it may block.
/// </summary>
/// <remarks>Edge-triggered epoll (epoll(7)): a socket is registered once, with both directions, and never again. Sockets are known
/// to the kernel by slot and generation, so that news of a closed socket cannot reach the next one in its slot.</remarks>
public sealed unsafe class EventLoop : IDisposable
{
    private const int EventsPerWait = 256;
    private const int Wake = -1;

    // Deadlines are kept to this precision, in milliseconds.
    private const int TickMilliseconds = 100;

    // The kernel packs the structure on x64 only: 4 bytes of events, then 8 of ours.
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventBytes - 8;

    [ThreadStatic]
    private static EventLoop? _current;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly Thread _thread;
    private readonly Lock _registration = new();
    private readonly Stack<int> _free = new();
    private LoopSocket?[] _sockets = new LoopSocket?[64];
    private int _used;
    private int _generation;
    private int _timed;
    private volatile bool _stopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="number">Its place among the loops, from 0.</param>
    /// <param name="owner">The loops that it is one of.</param>
    internal EventLoop(int number, EventLoops owner)
    {
        (Number, Owner) = (number, owner);
        _epoll = Check(Libc.CreateEpoll(Libc.CloseOnExec));
        _wake = Check(Libc.CreateEvent(0, Libc.CloseOnExec | Libc.NonBlocking));
        Register(_wake, Libc.EpollIn | Libc.EpollEdgeTriggered, Wake, 0);
        _thread = new Thread(Run) { IsBackground = true, Name = $"io-{number}" };
        _thread.Start();
    }

    /// <summary>The loop whose thread this is; null on other threads.</summary>
    public static EventLoop? Current => _current;

    /// <summary>Its place among the loops that it is one of, from 0.</summary>
    public int Number { get; }

    /// <summary>The loops that it is one of.</summary>
    internal EventLoops Owner { get; }

    /// <summary>Stops the thread; its sockets get no more news.</summary>
    public void Dispose()
    {
        _stopping = true;
        WakeUp();
        if (_current != this)
        {
            _thread.Join();
        }
        foreach (var socket in _sockets)
        {
            (socket as IDisposable)?.Dispose();
        }
        _ = Libc.Close(_wake);
        _ = Libc.Close(_epoll);
    }

    /// <summary>Takes a socket in; its news come from now on. Callable from any thread, as <see cref="Remove"/> is.</summary>
    internal void Add(LoopSocket socket)
    {
        lock (_registration)
        {
            if (!_free.TryPop(out var slot))
            {
                slot = _used++;
                if (slot == _sockets.Length)
                {
                    var larger = new LoopSocket?[slot * 2];
                    _sockets.CopyTo(larger, 0);
                    Volatile.Write(ref _sockets, larger);
                }
            }
            (socket.Slot, socket.Generation) = (slot, ++_generation);
            Volatile.Write(ref _sockets[slot], socket);
        }
        Register(socket.Descriptor, Libc.EpollIn | Libc.EpollOut | Libc.EpollReadHangUp | Libc.EpollEdgeTriggered, socket.Slot, socket.Generation);
    }

    /// <summary>Forgets a socket. The kernel does by itself when it is closed.</summary>
    internal void Remove(LoopSocket socket)
    {
        lock (_registration)
        {
            _sockets[socket.Slot] = null;
            _free.Push(socket.Slot);
        }
    }

    /// <summary>Looks after deadlines from now on; once for each socket that has some.</summary>
    internal void BeginTiming()
    {
        if (Interlocked.Increment(ref _timed) == 1 && _current != this)
        {
            WakeUp();
        }
    }

    /// <summary>One socket less with deadlines.</summary>
    internal void EndTiming() => Interlocked.Decrement(ref _timed);

    private void Run()
    {
        _current = this;
        var events = stackalloc byte[EventsPerWait * EventBytes];
        var nextTick = 0L;
        while (!_stopping)
        {
            var count = Libc.WaitEpoll(_epoll, events, EventsPerWait, Volatile.Read(ref _timed) > 0 ? TickMilliseconds : -1);
            for (var i = 0; i < count; i++)
            {
                Dispatch(events + (i * EventBytes));
            }
            var now = Environment.TickCount64;
            if (now >= nextTick && Volatile.Read(ref _timed) > 0)
            {
                nextTick = now + TickMilliseconds;
                Expire(now);
            }
        }
    }

    private void Dispatch(byte* happened)
    {
        var news = *(int*)happened;
        var slot = *(int*)(happened + DataOffset);
        var generation = *(int*)(happened + DataOffset + 4);
        if (slot == Wake)
        {
            ulong drained;
            _ = Libc.Read(_wake, &drained, sizeof(ulong));
            return;
        }
        var socket = Volatile.Read(ref Volatile.Read(ref _sockets)[slot]);
        if (socket is not null && socket.Generation == generation)
        {
            socket.OnNews(news);
        }
    }

    private void Expire(long now)
    {
        foreach (var socket in Volatile.Read(ref _sockets))
        {
            socket?.ExpireAt(now);
        }
    }

    private void WakeUp()
    {
        ulong one = 1;
        _ = Libc.Write(_wake, &one, sizeof(ulong));
    }

    private void Register(int file, int events, int slot, int generation)
    {
        var change = stackalloc byte[16];
        *(int*)change = events;
        *(int*)(change + DataOffset) = slot;
        *(int*)(change + DataOffset + 4) = generation;
        Check(Libc.ControlEpoll(_epoll, Libc.EpollAdd, file, change));
    }

    private static int Check(int result) => result >= 0 ? result : throw new TransportException(Libc.LastError);
}
