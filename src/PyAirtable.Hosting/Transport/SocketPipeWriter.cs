using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace PyAirtable.Hosting.Transport;

/// <summary>Collects what is written in one piece of memory and sends it in one go; holds none after that.</summary>
internal sealed class SocketPipeWriter(StreamSocket socket) : PipeWriter
{
    private const int SmallBuffer = 4096;
    private const int LargeBuffer = 128 * 1024;

    // Kestrel keeps back some of what it is given, for the frames of chunks.
    private const int Spare = 64;

    private byte[]? _buffer;
    private int _length;
    private int _size = SmallBuffer;
    private int _cancelled;
    private bool _completed;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc/>
    public override long UnflushedBytes => _length;

    /// <inheritdoc/>
    public override void Advance(int bytes) => _length += bytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_length == 0 || _completed)
        {
            return ValueTask.FromResult(Done());
        }
        var sent = Send(0);
        return sent == _length ? ValueTask.FromResult(Done()) : SendRestAsync(sent, cancellationToken);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush()
    {
        Volatile.Write(ref _cancelled, 1);
        ThreadPool.UnsafeQueueUserWorkItem(static writable => writable.Signal(), socket.Writable, preferLocal: false);
    }

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        if (!_completed)
        {
            // What is left is sent as far as there is room, as a pipe's last bytes are.
            if (_length > 0 && exception is null)
            {
                Send(0);
            }
            _completed = true;
            Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> SendRestAsync(int sent, CancellationToken cancel)
    {
        await using var registration = cancel.UnsafeRegister(static writer => ((SocketPipeWriter)writer!).CancelPendingFlush(), this);
        while (sent < _length)
        {
            await socket.WaitWritableAsync();
            cancel.ThrowIfCancellationRequested();
            if (Interlocked.Exchange(ref _cancelled, 0) != 0)
            {
                _buffer.AsSpan(sent, _length - sent).CopyTo(_buffer);
                _length -= sent;
                return new FlushResult(isCanceled: true, isCompleted: false);
            }
            sent += Send(sent);
        }
        return Done();
    }

    private FlushResult Done()
    {
        Release();
        return new FlushResult(Volatile.Read(ref _cancelled) != 0 && Interlocked.Exchange(ref _cancelled, 0) != 0, _completed);
    }

    // To a client that has gone everything can be written; who wants to know is told by the result and by the connection's token.
    private int Send(int from)
    {
        try
        {
            return Math.Max(0, socket.Send(_buffer.AsSpan(from, _length - from)));
        }
        catch (Exception error) when (error is TransportException or TimeoutException)
        {
            _completed = true;
            return _length - from;
        }
    }

    private void MakeRoom(int sizeHint)
    {
        var needed = _length + sizeHint + Spare;
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(_size, needed));
        }
        else if (needed > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            // Who writes much at once is given much at once the next time, and nothing is copied.
            _size = Math.Min(larger.Length, LargeBuffer);
        }
    }

    private void Release()
    {
        if (_buffer is { } buffer)
        {
            (_buffer, _length) = (null, 0);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
