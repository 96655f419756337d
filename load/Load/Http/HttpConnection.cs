using System.Net;
using System.Threading.Tasks.Sources;
using PyAirtable.Hosting.Transport;
using PyAirtable.Load.Loop;

namespace PyAirtable.Load.Http;

/// <summary>A kept-alive HTTP/1.1 connection with one request under way at a time. What waits for an answer goes on right where it is received.</summary>
internal sealed unsafe class HttpConnection : ILoopSocket, IValueTaskSource<HttpAnswer>, IDisposable
{
    private const int Tcp = 6;
    private const int NoDelay = 1;
    private const int LargestAnswer = 64 * 1024 * 1024;

    private readonly LoadLoop _loop;
    private readonly int _slot;
    private readonly string? _refusal;
    private int _descriptor;
    private byte[] _unsent = [];
    private int _unsentFrom;
    private int _unsentTo;
    private byte[] _received = [];
    private int _receivedCount;
    private HttpAnswer _answer;
    private bool _answered;
    private Action<object?>? _continuation;
    private object? _state;
    private short _version;

    /// <summary>Begins to connect; the first request waits for it.</summary>
    /// <exception cref="IOException">The system gives no socket.</exception>
    public HttpConnection(LoadLoop loop, IPEndPoint server)
    {
        _loop = loop;
        _descriptor = Libc.CreateTcpSocket(server.AddressFamily);
        if (_descriptor < 0)
        {
            throw new IOException($"no socket: system error {Libc.LastError}");
        }
        var on = 1;
        _ = Libc.SetOption(_descriptor, Tcp, NoDelay, &on, sizeof(int));
        var address = server.Serialize();
        fixed (byte* raw = address.Buffer.Span)
        {
            if (Libc.Connect(_descriptor, raw, address.Size) < 0 && Libc.LastError is not Libc.InProgress and var error)
            {
                _refusal = Reason(error);
            }
        }
        _slot = loop.Add(this, _descriptor);
    }

    /// <summary>Whether another request may be sent.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>Whether an answer is waited for.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>When the request under way is given up, in the time of <see cref="LoadClock"/>.</summary>
    public long Deadline { get; private set; }

    /// <summary>Sends a request and waits for its answer; a failure is an answer too.</summary>
    /// <param name="request">The whole request; not needed any more once this returns.</param>
    /// <param name="deadline">When to give up.</param>
    public ValueTask<HttpAnswer> ExchangeAsync(ReadOnlySpan<byte> request, long deadline)
    {
        if (_refusal is not null)
        {
            IsUsable = false;
            return ValueTask.FromResult(HttpAnswer.Failed(_refusal));
        }
        (IsBusy, _answered, Deadline, _receivedCount) = (true, false, deadline, 0);
        _version++;
        var sent = Send(request);
        if (sent < request.Length && !_answered)
        {
            if (_unsent.Length < request.Length - sent)
            {
                _unsent = new byte[request.Length - sent];
            }
            request[sent..].CopyTo(_unsent);
            (_unsentFrom, _unsentTo) = (0, request.Length - sent);
        }
        return _answered ? new ValueTask<HttpAnswer>(_answer) : new ValueTask<HttpAnswer>(this, _version);
    }

    /// <summary>Gives the request under way up.</summary>
    public void Fail(string reason)
    {
        IsUsable = false;
        if (IsBusy)
        {
            Complete(HttpAnswer.Failed(reason));
        }
    }

    /// <inheritdoc/>
    public void OnNews(int news)
    {
        if (_unsentFrom < _unsentTo && (news & (Libc.EpollOut | Libc.EpollError | Libc.EpollHangUp)) != 0)
        {
            _unsentFrom += Send(_unsent.AsSpan(_unsentFrom, _unsentTo - _unsentFrom));
        }
        if ((news & (Libc.EpollIn | Libc.EpollReadHangUp | Libc.EpollError | Libc.EpollHangUp)) != 0)
        {
            Receive();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            IsUsable = false;
            _loop.Remove(_slot);
            _ = Libc.Close(_descriptor);
            _descriptor = -1;
        }
    }

    /// <inheritdoc/>
    public HttpAnswer GetResult(short token) => token == _version && _answered ? _answer : throw new InvalidOperationException("no answer yet, or that of another request");

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _answered ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        (_continuation, _state) = (continuation, state);

    private int Send(ReadOnlySpan<byte> data)
    {
        fixed (byte* from = data)
        {
            var sent = Libc.Send(_descriptor, from, data.Length, Libc.NoSignal);
            if (sent >= 0)
            {
                return (int)sent;
            }
        }
        if (Libc.LastError is not (Libc.WouldBlock or Libc.Interrupted or Libc.InProgress) and var error)
        {
            Fail(Reason(error));
        }
        return 0;
    }

    private void Receive()
    {
        while (_descriptor >= 0)
        {
            var input = _loop.Input;
            nint got;
            fixed (byte* data = input)
            {
                got = Libc.Receive(_descriptor, data, input.Length, 0);
            }
            if (got < 0)
            {
                if (Libc.LastError is not (Libc.WouldBlock or Libc.Interrupted) and var error)
                {
                    Fail(Reason(error));
                }
                return;
            }
            if (got == 0)
            {
                Fail("closed by the server");
                return;
            }
            if (!IsBusy)
            {
                // Bytes that nobody asked for.
                IsUsable = false;
                return;
            }
            Take(input.AsMemory(0, (int)got));
            if (got < input.Length)
            {
                // All that was there (epoll(7)).
                return;
            }
        }
    }

    private void Take(Memory<byte> received)
    {
        try
        {
            if (_receivedCount > 0 || !AnswerReader.TryRead(received.Span, out var answer))
            {
                received = Gather(received.Span);
                if (!AnswerReader.TryRead(received.Span, out answer))
                {
                    return;
                }
            }
            IsUsable &= !answer.Closes;
            Complete(new HttpAnswer(answer.Status, received.Slice(answer.BodyStart, answer.BodyLength), null));
        }
        catch (FormatException fault)
        {
            Fail(fault.Message);
        }
    }

    private Memory<byte> Gather(ReadOnlySpan<byte> received)
    {
        var count = _receivedCount + received.Length;
        if (count > LargestAnswer)
        {
            throw new FormatException("an answer that is too large");
        }
        if (count > _received.Length)
        {
            Array.Resize(ref _received, Math.Max(count, _received.Length * 2));
        }
        received.CopyTo(_received.AsSpan(_receivedCount));
        _receivedCount = count;
        return _received.AsMemory(0, count);
    }

    private void Complete(HttpAnswer answer)
    {
        (_answer, _answered, IsBusy, _unsentFrom, _unsentTo) = (answer, true, false, 0, 0);
        var (continuation, state) = (_continuation, _state);
        (_continuation, _state) = (null, null);
        continuation?.Invoke(state);
    }

    private static string Reason(int error) => error switch
    {
        Libc.ConnectionReset or Libc.BrokenPipe => "reset by the server",
        111 => "connection refused",
        _ => $"system error {error}",
    };
}
