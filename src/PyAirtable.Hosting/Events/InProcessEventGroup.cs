using System.Threading.Channels;

namespace PyAirtable.Hosting.Events;

/// <summary>One group's events. The channel is unbounded, its admission is not: an event that failed can always come back.</summary>
internal sealed class InProcessEventGroup(string name, int capacity, TimeProvider time) : IDisposable
{
    private readonly Channel<Delivery> _queue = Channel.CreateUnbounded<Delivery>();
    private readonly CancellationTokenSource _closed = new();
    private int _held;
    private int _consumers;

    public string Name => name;

    public ChannelReader<Delivery> Deliveries => _queue.Reader;

    public void Enter() => Interlocked.Increment(ref _consumers);

    public void Leave() => Interlocked.Decrement(ref _consumers);

    /// <summary>Whether one more event fits; without consumers the oldest gives way.</summary>
    public bool MakeRoom()
    {
        if (Volatile.Read(ref _held) < capacity)
        {
            return true;
        }

        if (Volatile.Read(ref _consumers) > 0)
        {
            return false;
        }

        if (_queue.Reader.TryRead(out _))
        {
            Settle();
        }

        return true;
    }

    public void Add(EventEnvelope envelope)
    {
        Interlocked.Increment(ref _held);
        _queue.Writer.TryWrite(new Delivery(envelope, 1));
    }

    public void Settle() => Interlocked.Decrement(ref _held);

    public void Return(Delivery delivery) => _queue.Writer.TryWrite(delivery);

    public async Task ReturnLaterAsync(Delivery delivery, TimeSpan delay)
    {
        // No more of these wait than the group may hold.
        await Task.Delay(delay, time, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Return(delivery);
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    internal readonly record struct Delivery(EventEnvelope Envelope, int Attempt);
}
