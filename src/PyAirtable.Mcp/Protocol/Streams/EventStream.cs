using System.Text;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>
/// Events for a client, in order, each with an id. They go to the one connection that reads the stream, and are kept for a while for the next one,
/// which says by <c>Last-Event-ID</c> what it has. Without a reader and without events it is a few fields.
/// </summary>
/// <param name="number">Its number within the session.</param>
/// <param name="memory">Those by which the keeping is bounded: the session's and the process's.</param>
/// <param name="clock">The clock.</param>
/// <param name="emptied">Called when it has ended and nothing of it is left.</param>
internal sealed class EventStream(int number, IReadOnlyList<ReplayMemory> memory, TimeProvider clock, Action<EventStream> emptied)
{
    // Without data, it only says from where to resume, and after which pause in milliseconds (protocol 2025-11-25, transports).
    private static readonly byte[] Priming = "retry: 1000\ndata: \n\n"u8.ToArray();

    // A comment (HTML standard, 9.2.5), which clients pass over.
    private static readonly byte[] KeepAliveComment = ":\n\n"u8.ToArray();

    // Of what a client does not read that nobody waits for, the oldest is lost.
    private const int MostUnsent = 256;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _kept = new();
    private Queue<byte[]>? _unsent;
    private EventReader? _reader;
    private Task _sending = Task.CompletedTask;
    private int _last;
    private bool _isSending;
    private bool _hasEnded;

    /// <summary>Its number within the session.</summary>
    public int Number => number;

    /// <summary>Whether a connection reads it.</summary>
    public bool IsRead
    {
        get
        {
            lock (_gate)
            {
                return _reader is not null;
            }
        }
    }

    /// <summary>Id of the last event.</summary>
    public EventId Last
    {
        get
        {
            lock (_gate)
            {
                return new EventId(number, _last);
            }
        }
    }

    /// <summary>Adds an event.</summary>
    /// <param name="pieces">Its lines beside the id, ended by an empty one.</param>
    /// <param name="id">Its id.</param>
    /// <returns>Done when it is sent, or nobody is there to read it.</returns>
    public Task Add(ReadOnlySpan<ReadOnlyMemory<byte>> pieces, out EventId id)
    {
        int length;
        Task sending;
        lock (_gate)
        {
            id = new EventId(number, _hasEnded ? _last : ++_last);
            if (_hasEnded)
            {
                return Task.CompletedTask;
            }
            var bytes = Join(Id(id.Event), pieces);
            length = bytes.Length;
            _kept.Enqueue(bytes);
            sending = Send(bytes);
        }
        var now = clock.GetTimestamp();
        foreach (var each in memory)
        {
            each.Add(this, id.Event, length, now);
        }
        return sending;
    }

    /// <summary>Whether all that came after an event is still there; of the server's own messages, which nobody waits for, some may be missing.</summary>
    public bool HasAllAfter(int seen)
    {
        lock (_gate)
        {
            return seen <= _last && (number == 0 || seen >= _last - _kept.Count);
        }
    }

    /// <summary>Lets a connection read, in place of another one; false where events that it wants are no longer kept.</summary>
    public bool TryRead(EventReader reader)
    {
        lock (_gate)
        {
            if (!HasAllAfter(reader.Seen))
            {
                return false;
            }
            _reader?.Finish(isWhole: false);
            _reader = reader;
            byte[] opening = reader.Primes ? [.. Id(reader.Seen), .. Priming] : [];
            _unsent = new Queue<byte[]>([opening, .. _kept.Skip(_kept.Count - (_last - reader.Seen))]);
            Send();
            return true;
        }
    }

    /// <summary>Whether a reader that has this event has all.</summary>
    public bool IsOver(EventId id)
    {
        lock (_gate)
        {
            return _hasEnded && id.Event == _last;
        }
    }

    /// <summary>The connection reads no more.</summary>
    public void Leave(EventReader reader)
    {
        lock (_gate)
        {
            if (_reader == reader)
            {
                (_reader, _unsent) = (null, null);
            }
        }
        reader.Finish(isWhole: false);
    }

    /// <summary>No more events come; a reader still gets those that there are.</summary>
    public void End()
    {
        bool isEmpty;
        lock (_gate)
        {
            _hasEnded = true;
            isEmpty = _kept.Count == 0;
            Send();
        }
        if (isEmpty)
        {
            emptied(this);
        }
    }

    /// <summary>Sends something that says nothing, so that nobody on the way takes the connection for dead.</summary>
    public void KeepAlive()
    {
        lock (_gate)
        {
            if (!_isSending)
            {
                Send(KeepAliveComment);
            }
        }
    }

    /// <summary>Whether an event is no longer kept.</summary>
    public bool HasDropped(int id)
    {
        lock (_gate)
        {
            return id <= _last - _kept.Count;
        }
    }

    /// <summary>Drops the events up to one.</summary>
    public void Drop(int id)
    {
        bool isEmpty;
        lock (_gate)
        {
            var before = _kept.Count;
            while (_kept.Count > 0 && _last - _kept.Count < id)
            {
                _kept.Dequeue();
            }
            isEmpty = _hasEnded && _kept.Count == 0 && before > 0;
        }
        if (isEmpty)
        {
            emptied(this);
        }
    }

    private static byte[] Join(byte[] id, ReadOnlySpan<ReadOnlyMemory<byte>> pieces)
    {
        var length = id.Length;
        foreach (var piece in pieces)
        {
            length += piece.Length;
        }
        var bytes = new byte[length];
        id.CopyTo(bytes, 0);
        var at = id.Length;
        foreach (var piece in pieces)
        {
            piece.Span.CopyTo(bytes.AsSpan(at));
            at += piece.Length;
        }
        return bytes;
    }

    private byte[] Id(int number) => Encoding.ASCII.GetBytes($"id: {new EventId(Number, number)}\n");

    // Under the lock. No thread or task stands by while there is nothing to send.
    private Task Send(byte[]? more = null)
    {
        if (_reader is null)
        {
            return Task.CompletedTask;
        }
        if (more is not null)
        {
            _unsent ??= new();
            _unsent.Enqueue(more);
            if (_unsent.Count > MostUnsent)
            {
                _unsent.Dequeue();
            }
        }
        if (!_isSending)
        {
            _isSending = true;
            _sending = Task.Run(SendAllAsync);
        }
        return _sending;
    }

    private async Task SendAllAsync()
    {
        while (Next(out var bytes) is { } reader)
        {
            try
            {
                await reader.SendAsync(bytes);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or TimeoutException)
            {
                Leave(reader);
            }
        }
    }

    private EventReader? Next(out byte[] bytes)
    {
        lock (_gate)
        {
            if (_reader is not null && _unsent is not null && _unsent.TryDequeue(out bytes!))
            {
                return _reader;
            }
            bytes = [];
            (_unsent, _isSending) = (null, false);
            if (_hasEnded)
            {
                _reader?.Finish(isWhole: true);
                _reader = null;
            }
            return null;
        }
    }
}
