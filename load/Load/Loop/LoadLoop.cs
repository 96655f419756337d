using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Load.Loop;

/// <summary>
/// The one thread of the generator: it waits for sockets and for the time, and everything of a scenario runs on it. So a request costs
/// two system calls and no change of thread, and nothing here is locked.
/// </summary>
internal sealed unsafe class LoadLoop : IDisposable
{
    private const int EventsPerWait = 256;
    private const int Wake = -1;
    private const int InputBytes = 128 * 1024;

    // The kernel packs the structure on x64 only: 4 bytes of events, then 8 of ours.
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventBytes - 8;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly byte[] _events = new byte[EventsPerWait * 16];
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private readonly PriorityQueue<Action, long> _timers = new();
    private readonly Stack<int> _free = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private (ILoopSocket Socket, int Generation)[] _sockets = new (ILoopSocket, int)[64];
    private int _used;
    private int _generation;
    private int _woken;

    private LoadLoop()
    {
        _epoll = Check(Libc.CreateEpoll(Libc.CloseOnExec));
        _wake = Check(Libc.CreateEvent(0, Libc.CloseOnExec | Libc.NonBlocking));
        Register(_wake, Libc.EpollIn | Libc.EpollEdgeTriggered, Wake, 0);
    }

    /// <summary>What was received last; whoever reads from it does so before it waits for anything.</summary>
    public byte[] Input { get; } = new byte[InputBytes];

    /// <summary>Runs work on this thread until it ends.</summary>
    public static T Run<T>(Func<LoadLoop, Task<T>> work)
    {
        var before = SynchronizationContext.Current;
        using var loop = new LoadLoop();
        SynchronizationContext.SetSynchronizationContext(new LoopContext(loop));
        try
        {
            var task = work(loop);
            while (!task.IsCompleted)
            {
                loop.Turn();
            }
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Calls something at a time of <see cref="LoadClock"/>, or as soon after it as the loop comes to it.</summary>
    public void At(long due, Action action) => _timers.Enqueue(action, due);

    /// <summary>Waits until a time of <see cref="LoadClock"/>.</summary>
    public Task UntilAsync(long due)
    {
        var reached = new TaskCompletionSource();
        At(due, reached.SetResult);
        return reached.Task;
    }

    /// <summary>Waits that long.</summary>
    public Task DelayAsync(TimeSpan span) => UntilAsync(LoadClock.Now + LoadClock.Nanoseconds(span));

    /// <summary>Calls something on the loop's thread; from any thread.</summary>
    public void Post(SendOrPostCallback callback, object? state)
    {
        _posted.Enqueue((callback, state));
        if (Environment.CurrentManagedThreadId != _thread && Interlocked.Exchange(ref _woken, 1) == 0)
        {
            ulong one = 1;
            _ = Libc.Write(_wake, &one, sizeof(ulong));
        }
    }

    /// <summary>Takes a socket in: it is told of all news from now on. Returns its place.</summary>
    public int Add(ILoopSocket socket, int descriptor)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            if (slot == _sockets.Length)
            {
                Array.Resize(ref _sockets, slot * 2);
            }
        }
        _sockets[slot] = (socket, ++_generation);
        Register(descriptor, Libc.EpollIn | Libc.EpollOut | Libc.EpollReadHangUp | Libc.EpollEdgeTriggered, slot, _generation);
        return slot;
    }

    /// <summary>Forgets a socket, which the kernel does when it is closed.</summary>
    public void Remove(int slot)
    {
        _sockets[slot] = default;
        _free.Push(slot);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Libc.Close(_wake);
        _ = Libc.Close(_epoll);
    }

    private void Turn()
    {
        for (var count = _posted.Count; count > 0 && _posted.TryDequeue(out var posted); count--)
        {
            posted.Callback(posted.State);
        }
        var now = LoadClock.Now;
        while (_timers.TryPeek(out _, out var due) && due <= now)
        {
            _timers.Dequeue()();
        }
        Wait();
    }

    private void Wait()
    {
        var limit = !_posted.IsEmpty ? 0 : _timers.TryPeek(out _, out var due) ? Math.Max(0, due - LoadClock.Now) : LoadClock.Second;
        var time = new Libc.TimeSpec { Seconds = limit / LoadClock.Second, Nanoseconds = limit % LoadClock.Second };
        fixed (byte* events = _events)
        {
            var count = Libc.WaitEpollPrecisely(_epoll, events, EventsPerWait, &time, null);
            for (var i = 0; i < count; i++)
            {
                Dispatch(events + (i * EventBytes));
            }
        }
    }

    private void Dispatch(byte* happened)
    {
        var slot = *(int*)(happened + DataOffset);
        if (slot == Wake)
        {
            ulong drained;
            _ = Libc.Read(_wake, &drained, sizeof(ulong));
            Volatile.Write(ref _woken, 0);
            return;
        }
        var (socket, generation) = _sockets[slot];
        if (socket is not null && generation == *(int*)(happened + DataOffset + 4))
        {
            socket.OnNews(*(int*)happened);
        }
    }

    private void Register(int file, int events, int slot, int generation)
    {
        var change = stackalloc byte[16];
        *(int*)change = events;
        *(int*)(change + DataOffset) = slot;
        *(int*)(change + DataOffset + 4) = generation;
        Check(Libc.ControlEpoll(_epoll, Libc.EpollAdd, file, change));
    }

    private static int Check(int result) => result >= 0 ? result : throw new IOException($"system error {Libc.LastError}");
}
