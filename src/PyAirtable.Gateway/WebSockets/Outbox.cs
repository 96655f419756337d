using System.Net.WebSockets;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>
/// What goes out on one connection: one text at a time, in order, without the sender waiting for it. What the client does not take
/// waits here up to a bound; beyond that the connection is cut, without a close frame, which would not get through either.
/// </summary>
/// <param name="socket">The connection.</param>
/// <param name="terms">Counters and clock.</param>
internal sealed class Outbox(WebSocket socket, SocketTerms terms)
{
    /// <summary>Texts that wait at most, besides those queued while the session was offline.</summary>
    public const int MaxMessages = 1000;

    /// <summary>Bytes of them; a single text may be larger.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly Lock _gate = new();
    private Queue<Outgoing>? _backlog;
    private Queue<Outgoing>? _waiting;
    private TaskCompletionSource? _closed;
    private CloseReason _reason;
    private long _lastActivity = terms.Now;
    private long _writingSince;
    private int _waitingBytes;
    private bool _isHeld;
    private bool _isWriting;
    private bool _isEnded;
    private bool _isGone;

    /// <summary>Timestamp of the last data message or pong that went out, or of the last <see cref="Touch"/>.</summary>
    public long LastActivity => Volatile.Read(ref _lastActivity);

    /// <summary>Timestamp at which the write that still goes on began; null where none does.</summary>
    public long? WritingSince => Volatile.Read(ref _isWriting) ? Volatile.Read(ref _writingSince) : null;

    /// <summary>The client did something.</summary>
    public void Touch() => Volatile.Write(ref _lastActivity, terms.Now);

    /// <summary>Takes a text to be sent; false if the connection takes no more.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="counts">Whether it is a data message or pong, which count as sent and as activity.</param>
    public bool Post(ReadOnlyMemory<byte> text, bool counts)
    {
        var message = new Outgoing(text, counts);
        var isFree = false;
        lock (_gate)
        {
            if (_isEnded)
            {
                return false;
            }
            if (!_isHeld && !_isWriting)
            {
                isFree = true;
                Begin();
            }
            else if (TryWait(message))
            {
                return true;
            }
            else
            {
                _isEnded = true;
            }
        }

        if (isFree)
        {
            _ = WriteAsync(message);
            return !Volatile.Read(ref _isEnded);
        }
        terms.Counters.AddSlow();
        Abort();
        return false;
    }

    /// <summary>Lets texts wait until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _isHeld = true;
        }
    }

    /// <summary>Sends again: first <paramref name="backlog"/>, which no bound holds for, then what came meanwhile.</summary>
    public void Release(IEnumerable<ReadOnlyMemory<byte>> backlog)
    {
        lock (_gate)
        {
            _isHeld = false;
            foreach (var text in backlog)
            {
                (_backlog ??= new()).Enqueue(new Outgoing(text, true));
            }
            if (_isWriting || (_backlog is null && _waiting is null && _closed is null))
            {
                return;
            }
            Begin();
        }
        _ = WriteAsync(null);
    }

    /// <summary>Sends a close frame after all else, and takes no more. Ends when it is sent, or the connection is gone.</summary>
    public Task CloseAsync(CloseReason reason)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return _closed?.Task ?? Task.CompletedTask;
            }
            _isEnded = true;
            _reason = reason;
            _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_isHeld || _isWriting)
            {
                return _closed.Task;
            }
            Begin();
        }
        _ = WriteAsync(null);
        return _closed.Task;
    }

    /// <summary>Cuts the connection, unless its request has ended.</summary>
    public void Abort()
    {
        if (!Volatile.Read(ref _isGone))
        {
            socket.Abort();
        }
    }

    /// <summary>The connection's request ends: nothing may touch it from now on.</summary>
    public void Leave()
    {
        Volatile.Write(ref _isGone, true);
        End();
    }

    private void Begin()
    {
        _isWriting = true;
        Volatile.Write(ref _writingSince, terms.Now);
    }

    private bool TryWait(Outgoing message)
    {
        if (_waiting is { Count: >= MaxMessages } || (_waitingBytes > 0 && _waitingBytes + message.Text.Length > MaxBytes))
        {
            return false;
        }
        (_waiting ??= new()).Enqueue(message);
        _waitingBytes += message.Text.Length;
        return true;
    }

    private async Task WriteAsync(Outgoing? first)
    {
        try
        {
            var closes = false;
            for (var next = first ?? Next(out closes); next is { } message; next = Next(out closes))
            {
                Volatile.Write(ref _writingSince, terms.Now);
                await socket.SendAsync(message.Text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                if (message.Counts)
                {
                    terms.Counters.AddSent();
                    Touch();
                }
            }
            if (closes)
            {
                await socket.CloseOutputAsync(_reason.Status, _reason.Text, CancellationToken.None);
                End();
            }
        }
        catch (Exception)
        {
            End();
            if (socket.State != WebSocketState.CloseSent)
            {
                // The client has gone: the reader meets the same and cleans up. Where the process's stop has closed the connection, the
                // client is to see that.
                Abort();
            }
        }
    }

    private Outgoing? Next(out bool closes)
    {
        lock (_gate)
        {
            closes = false;
            if (_backlog is not null && _backlog.TryDequeue(out var message))
            {
                return message;
            }
            _backlog = null;
            if (_waiting is not null && _waiting.TryDequeue(out message))
            {
                _waitingBytes -= message.Text.Length;
                return message;
            }
            _waiting = null;
            closes = _closed is not null;
            _isWriting = closes;
            return null;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            _isWriting = false;
            _backlog = _waiting = null;
        }
        _closed?.TrySetResult();
    }

    private readonly record struct Outgoing(ReadOnlyMemory<byte> Text, bool Counts);
}
