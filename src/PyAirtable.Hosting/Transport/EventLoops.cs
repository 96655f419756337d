namespace PyAirtable.Hosting.Transport;

/// <summary>The event loops of a process: a thread each, started at the first use.</summary>
public sealed class EventLoops : IAsyncDisposable
{
    private readonly Lazy<EventLoop[]> _loops;
    private int _next;

    /// <summary>Loops that are not started yet.</summary>
    /// <param name="count">How many; usually one per processor.</param>
    public EventLoops(int count)
    {
        Count = count;
        _loops = new(() => [.. Enumerable.Range(0, count).Select(number => new EventLoop(number, this))]);
    }

    /// <summary>How many they are.</summary>
    public int Count { get; }

    /// <summary>That of this thread; null on a thread that is none of theirs.</summary>
    public EventLoop? Current => EventLoop.Current is { } current && current.Owner == this ? current : null;

    /// <summary>A loop for a new socket of a client: each in turn.</summary>
    public EventLoop Next() => _loops.Value[(uint)Interlocked.Increment(ref _next) % (uint)Count];

    /// <summary>A loop for a new socket that serves what runs here: that of this thread, else each in turn.</summary>
    public EventLoop Nearest() => Current ?? Next();

    /// <summary>Goes on elsewhere where this is the thread of a loop: for what holds its thread, as a statement or a file does, while a loop
    /// has other connections to serve.</summary>
    public static async ValueTask LeaveAsync()
    {
        if (EventLoop.Current is not null)
        {
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_loops.IsValueCreated)
        {
            foreach (var loop in _loops.Value)
            {
                loop.Dispose();
            }
        }
        return ValueTask.CompletedTask;
    }
}
