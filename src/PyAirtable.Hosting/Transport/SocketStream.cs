using System.Buffers;
using System.Threading.Tasks.Sources;

namespace PyAirtable.Hosting.Transport;

/// <summary>
/// A client's connection as a stream, for what speaks another protocol on it than HTTP. A read of no bytes waits until there are some,
/// and costs nothing meanwhile. Who wants to end a wait disposes the stream, from any thread; nothing reaches the socket after that,
/// whoever still reads or writes.
/// </summary>
/// <remarks>One read and one write at a time. The connection itself stays its owner's.</remarks>
public sealed class SocketStream : Stream, IValueTaskSource<int>
{
    private readonly StreamSocket _socket;
    private readonly Lock _gate = new();
    private byte[]? _rest;
    private int _restAt;
    private bool _ended;
    private bool _writing;

    /// <summary>Takes a connection over, with what was received already and not consumed.</summary>
    public SocketStream(SocketConnection connection)
    {
        _socket = connection.Socket;
        var input = connection.Transport.Input;
        if (input.TryRead(out var read) && !read.Buffer.IsEmpty)
        {
            _rest = read.Buffer.ToArray();
            input.AdvanceTo(read.Buffer.End);
        }
        input.Complete();
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    /// <exception cref="IOException">The connection is broken.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_rest is { } rest)
        {
            return ValueTask.FromResult(TakeRest(rest, buffer.Span));
        }
        if (!buffer.IsEmpty)
        {
            var got = Receive(buffer.Span);
            return got == StreamSocket.WouldBlock ? ReadSlowlyAsync(buffer) : ValueTask.FromResult(got);
        }
        return !_socket.MayReceive && _socket.Readable.TryBegin(out var token) ? new ValueTask<int>(this, token) : ValueTask.FromResult(0);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="IOException">The connection is broken.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = Math.Max(0, Send(buffer.Span));
        return sent == buffer.Length ? ValueTask.CompletedTask : WriteRestAsync(buffer[sent..]);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    int IValueTaskSource<int>.GetResult(short token)
    {
        _socket.Readable.GetResult(token);
        return 0;
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _socket.Readable.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _socket.Readable.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        bool wakes;
        lock (_gate)
        {
            (wakes, _ended) = (_writing && !_ended, true);
        }
        // The kernel wakes who reads; who writes may meet the socket's close first.
        _socket.ShutDown();
        if (wakes)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static writable => writable.Signal(), _socket.Writable, preferLocal: false);
        }
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadSlowlyAsync(Memory<byte> buffer)
    {
        int got;
        do
        {
            await _socket.WaitReadableAsync();
            got = Receive(buffer.Span);
        }
        while (got == StreamSocket.WouldBlock);
        return got;
    }

    private async ValueTask WriteRestAsync(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            await _socket.WaitWritableAsync();
            rest = rest[Math.Max(0, Send(rest.Span))..];
        }
    }

    private int TakeRest(byte[] rest, Span<byte> to)
    {
        var taken = Math.Min(to.Length, rest.Length - _restAt);
        rest.AsSpan(_restAt, taken).CopyTo(to);
        _restAt += taken;
        _rest = _restAt == rest.Length ? null : rest;
        return taken;
    }

    // The system's number of a closed socket may be another one's by now: none is used after the end.
    private int Receive(Span<byte> to)
    {
        lock (_gate)
        {
            return _ended ? 0 : _socket.Receive(to);
        }
    }

    private int Send(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            var sent = _socket.Send(bytes);
            _writing = sent < bytes.Length;
            return sent;
        }
    }
}
