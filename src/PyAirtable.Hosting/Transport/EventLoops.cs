namespace PyAirtable.Hosting.Transport;

/// <summary>The event loops of a process: a thread each, started at the first use.</summary>
/// <param name="count">How many; usually one per processor.</param>
public sealed class EventLoops(int count) : IAsyncDisposable
{
    private readonly Lazy<EventLoop[]> _loops = new(() => [.. Enumerable.Range(0, count).Select(i => new EventLoop($"io-{i}"))]);
    private int _next;

    /// <summary>A loop for a new socket of a client: each in turn.</summary>
    public EventLoop Next() => _loops.Value[(uint)Interlocked.Increment(ref _next) % (uint)count];

    /// <summary>A loop for a new socket that serves what runs here: that of this thread, else each in turn.</summary>
    public EventLoop Nearest() => EventLoop.Current ?? Next();

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
