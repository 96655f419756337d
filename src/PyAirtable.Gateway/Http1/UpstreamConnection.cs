using System.Buffers;
using System.Runtime.CompilerServices;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>
/// A connection to an upstream: one request at a time goes out on it, and one answer comes back. It holds memory only while an
/// answer is on its way through.
/// </summary>
internal sealed class UpstreamConnection : ISocketObserver
{
    private const int BufferBytes = ResponseHead.MaxBytes;
    private const int MaxInterimAnswers = 32;

    private readonly StreamSocket _socket;
    private readonly ConnectionPool _pool;
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private BodyFraming _framing;
    private long _left;
    private int _interim;
    private Task _sending = Task.CompletedTask;
    private bool _answering;
    private volatile bool _isAborted;
    private ChunkDecoder _chunks;

    /// <summary>Takes a connected socket.</summary>
    public UpstreamConnection(StreamSocket socket, ConnectionPool pool)
    {
        (_socket, _pool) = (socket, pool);
        socket.Observer = this;
    }

    /// <summary>The head of the answer that was read last.</summary>
    public ResponseHead Head { get; } = new();

    /// <summary>Whether this is not its first request.</summary>
    public bool IsReused { get; private set; }

    /// <summary>Whether anything of an answer to the present request has come.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether the answer was read to its end.</summary>
    public bool HasEnded => _answering && _framing == BodyFraming.None;

    /// <summary>Whether more of the answer is here already.</summary>
    public bool HasMore => _start != _end;

    /// <summary>When it got free, by <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>; kept by its pool.</summary>
    public long IdleSince { get; set; }

    /// <summary>Whether it can be used again: the upstream has neither closed it nor said anything unasked.</summary>
    public bool IsQuiet(bool ask) => _socket.IsQuiet(ask);

    /// <summary>The event loop that it is on.</summary>
    public EventLoop Loop => _socket.Loop;

    /// <summary>Gives the upstream until then; see <see cref="StreamSocket.SetDeadline"/>.</summary>
    public void SetDeadline(long tickCount) => _socket.SetDeadline(tickCount);

    /// <summary>Stops the upstream's clock: what it had left, for <see cref="ResumeDeadline"/>.</summary>
    public long PauseDeadline()
    {
        var left = _socket.Deadline == 0 ? 0 : Math.Max(1, _socket.Deadline - Environment.TickCount64);
        _socket.SetDeadline(0);
        return left;
    }

    /// <summary>Lets the upstream's clock go on.</summary>
    public void ResumeDeadline(long left) => _socket.SetDeadline(left == 0 ? 0 : Environment.TickCount64 + left);

    /// <summary>Ends it at once, from any thread: who waits for the answer finds it broken.</summary>
    public void Abort()
    {
        _isAborted = true;
        _socket.ShutDown();
    }

    /// <summary>Sends all of <paramref name="bytes"/>; what there is no room for yet goes out before anything else that is sent later.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        var sent = Math.Max(0, _socket.Send(bytes));
        if (sent < bytes.Length)
        {
            _sending = SendRestAsync(bytes[sent..].ToArray()).AsTask();
        }
    }

    /// <summary>Sends all of <paramref name="bytes"/>.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    /// <exception cref="TimeoutException">The upstream takes nothing for too long.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (!_sending.IsCompletedSuccessfully)
        {
            return SendAfterAsync(_sending, bytes);
        }
        var sent = Math.Max(0, _socket.Send(bytes.Span));
        return sent == bytes.Length ? ValueTask.CompletedTask : SendRestAsync(bytes[sent..]);
    }

    /// <summary>Reads the head of the answer, past those that only announce it.</summary>
    /// <param name="request">The request that is answered; told when the upstream asks for its body (100 Continue).</param>
    /// <exception cref="InvalidAnswerException">It is no answer.</exception>
    /// <exception cref="IOException">The connection ends before that.</exception>
    /// <exception cref="TimeoutException">The upstream is silent for too long.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadHeadAsync(IUpstreamRequest request)
    {
        while (!TryReadHead(request))
        {
            await WaitAsync();
            Receive();
        }
    }

    /// <summary>As <see cref="ReadHeadAsync"/>, of what is there; false while more has to come.</summary>
    public bool TryReadHead(IUpstreamRequest request)
    {
        while (_start != _end && Head.Read(_buffer.AsSpan(_start, _end - _start)) is > 0 and var length)
        {
            _start += length;
            switch (Head.Status)
            {
                case 101:
                    throw new InvalidAnswerException("changes the protocol unasked");
                case < 200 when ++_interim == MaxInterimAnswers:
                    throw new InvalidAnswerException("only announces itself");
                case 100:
                    request.OnContinue();
                    break;
                case >= 200:
                    (_framing, _answering, _interim) = (Head.Framing(request.IsHead), true, 0);
                    _left = _framing == BodyFraming.Length ? Head.ContentLength!.Value : 0;
                    _chunks = default;
                    return true;
            }
        }
        return false;
    }

    /// <summary>Waits until <see cref="Receive"/> may have something. While nothing is there yet, no memory is held.</summary>
    public ValueTask WaitAsync()
    {
        if (_start == _end)
        {
            ReturnBuffer();
        }
        return _socket.WaitReadableAsync();
    }

    /// <summary>Takes in what the upstream has sent, which may be nothing.</summary>
    /// <exception cref="EndOfStreamException">It has ended the connection.</exception>
    public void Receive()
    {
        MakeRoom();
        var got = _socket.Receive(_buffer.AsSpan(_end));
        if (got == 0)
        {
            throw new EndOfStreamException();
        }
        if (got != StreamSocket.WouldBlock)
        {
            _end += got;
            HasAnswered = true;
        }
    }

    /// <summary>Reads what has come of the body, or waits for some; empty at its end. Good until the next call.</summary>
    /// <exception cref="InvalidAnswerException">It is no proper body.</exception>
    /// <exception cref="IOException">The connection ends before the body does.</exception>
    /// <exception cref="TimeoutException">The upstream is silent for too long.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync() =>
        TryTakeBody(out var piece) ? ValueTask.FromResult(piece) : ReadMoreBodyAsync();

    /// <summary>Gives it back for the next request if its answer was read to the end and nothing came after it; else closes it.</summary>
    public void Release()
    {
        if (!TrySkipRest() || !HasEnded || !_sending.IsCompletedSuccessfully || !Head.KeepsAlive || _start != _end || _isAborted)
        {
            Close();
            return;
        }
        ReturnBuffer();
        (IsReused, HasAnswered, _answering, _interim) = (true, false, false, 0);
        _pool.Return(this);
    }

    /// <summary>Closes it; nobody may be using it.</summary>
    public void Close()
    {
        ReturnBuffer();
        _socket.ShutDown();
        _socket.Dispose();
    }

    /// <inheritdoc/>
    public void OnEnded() => _pool.Forget(this);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> ReadMoreBodyAsync()
    {
        while (true)
        {
            await WaitAsync();
            try
            {
                Receive();
            }
            catch (EndOfStreamException) when (_framing == BodyFraming.UntilClose)
            {
                _framing = BodyFraming.None;
            }
            if (TryTakeBody(out var piece))
            {
                return piece;
            }
        }
    }

    // The rest of an answer that nobody reads is no reason to close, if it is here, and is one.
    private bool TrySkipRest()
    {
        try
        {
            while (_answering && HasMore && !HasEnded && TryTakeBody(out _))
            {
            }
            return true;
        }
        catch (InvalidAnswerException)
        {
            return false;
        }
    }

    /// <summary>Takes what is there of the body; false where nothing is. Good until the next call.</summary>
    /// <exception cref="InvalidAnswerException">It is no proper body.</exception>
    public bool TryTakeBody(out ReadOnlyMemory<byte> piece)
    {
        var there = _buffer.AsMemory(_start, _end - _start);
        piece = default;
        switch (_framing)
        {
            case BodyFraming.None:
                return true;
            case BodyFraming.Length when !there.IsEmpty:
                piece = there[..(int)Math.Min(_left, there.Length)];
                _left -= piece.Length;
                _framing = _left == 0 ? BodyFraming.None : BodyFraming.Length;
                break;
            case BodyFraming.Chunked when !there.IsEmpty:
                var length = _chunks.Decode(there.Span, out var consumed);
                piece = there[..length];
                _start += consumed;
                _framing = _chunks.IsDone ? BodyFraming.None : BodyFraming.Chunked;
                return length > 0 || _chunks.IsDone;
            case BodyFraming.UntilClose when !there.IsEmpty:
                piece = there;
                break;
            default:
                return false;
        }
        _start += piece.Length;
        return true;
    }

    private void MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        }
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
    }

    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            await _socket.WaitWritableAsync();
            rest = rest[Math.Max(0, _socket.Send(rest.Span))..];
        }
    }

    private async ValueTask SendAfterAsync(Task before, ReadOnlyMemory<byte> bytes)
    {
        await before;
        _sending = Task.CompletedTask;
        await SendAsync(bytes);
    }

    private void ReturnBuffer()
    {
        if (_buffer is { } buffer)
        {
            (_buffer, _start, _end) = (null, 0, 0);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
