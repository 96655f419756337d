using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace PyAirtable.Hosting.Transport;

/// <summary>
/// Reads from a socket when it is asked to, into one piece of memory, and holds none while it waits with nothing read: an idle
/// connection costs no buffer.
/// </summary>
internal sealed class SocketPipeReader(StreamSocket socket) : PipeReader, IValueTaskSource<ReadResult>
{
    private const int SmallBuffer = 1024;
    private const int LargeBuffer = 64 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private int _examined;
    private int _size = SmallBuffer;
    private int _cancelled;
    private bool _atEnd;

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (_end > _examined || _atEnd || Volatile.Read(ref _cancelled) != 0)
        {
            result = Take();
            return true;
        }
        result = default;
        return false;
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (TryRead(out var result))
        {
            return ValueTask.FromResult(result);
        }
        return cancellationToken.CanBeCanceled ? ReadCancellableAsync(cancellationToken) : ReadFromSocketAsync();
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_buffer is null)
        {
            return;
        }
        _start = consumed.GetInteger();
        _examined = Math.Max(_start, examined.GetInteger());
        if (_start == _end)
        {
            _start = _end = _examined = 0;
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingRead()
    {
        Volatile.Write(ref _cancelled, 1);
        // Asked for by timers, which hold locks: what goes on then goes on elsewhere.
        ThreadPool.UnsafeQueueUserWorkItem(static readable => readable.Signal(), socket.Readable, preferLocal: false);
    }

    /// <summary>Reads no more, whatever is still to come. Called by the one who reads.</summary>
    public void End() => _atEnd = true;

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        _atEnd = true;
        Release();
    }

    /// <inheritdoc/>
    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        socket.Readable.GetResult(token);
        // Without anything there after all, the result is empty, and the caller reads again.
        Fill();
        return Take();
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => socket.Readable.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        socket.Readable.OnCompleted(continuation, state, token, flags);

    private ValueTask<ReadResult> ReadFromSocketAsync()
    {
        while (true)
        {
            if (socket.MayReceive && Fill())
            {
                return ValueTask.FromResult(Take());
            }
            if (_start == _end)
            {
                Release();
            }
            if (socket.Readable.TryBegin(out var token))
            {
                return new ValueTask<ReadResult>(this, token);
            }
            if (Fill() || Volatile.Read(ref _cancelled) != 0)
            {
                return ValueTask.FromResult(Take());
            }
        }
    }

    private async ValueTask<ReadResult> ReadCancellableAsync(CancellationToken cancel)
    {
        await using var registration = cancel.UnsafeRegister(static reader => ((SocketPipeReader)reader!).CancelPendingRead(), this);
        var result = await ReadFromSocketAsync();
        cancel.ThrowIfCancellationRequested();
        return result;
    }

    private ReadResult Take()
    {
        var cancelled = Volatile.Read(ref _cancelled) != 0 && Interlocked.Exchange(ref _cancelled, 0) != 0;
        var bytes = _buffer is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
        return new ReadResult(bytes, cancelled, _atEnd);
    }

    /// <summary>Receives; false where nothing has come.</summary>
    private bool Fill()
    {
        if (_atEnd)
        {
            return true;
        }
        MakeRoom();
        int got;
        try
        {
            got = socket.Receive(_buffer.AsSpan(_end));
        }
        catch (TransportException error) when (error.IsReset)
        {
            throw new ConnectionResetException("The client has reset the connection.", error);
        }
        if (got == StreamSocket.WouldBlock)
        {
            return false;
        }
        _atEnd = got == 0;
        // Who sends more than fits gets more room the next time.
        if (got == _buffer!.Length - _end && _size < LargeBuffer)
        {
            _size *= 4;
        }
        _end += got;
        return true;
    }

    private void MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = InputBuffers.Rent(_size);
            return;
        }
        var used = _end - _start;
        if (used == 0 && _buffer.Length < _size)
        {
            Release();
            _buffer = InputBuffers.Rent(_size);
        }
        else if (_end == _buffer.Length)
        {
            var room = used < _buffer.Length / 2 ? _buffer : InputBuffers.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_start, used).CopyTo(room);
            if (room != _buffer)
            {
                InputBuffers.Return(_buffer);
            }
            (_buffer, _examined, _start, _end) = (room, _examined - _start, 0, used);
        }
    }

    private void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            _start = _end = _examined = 0;
            InputBuffers.Return(buffer);
        }
    }
}
