using System.Net.WebSockets;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>One client's WebSocket. It takes up a place of its session from before its handshake on.</summary>
/// <param name="sessionId">The session that it asked for.</param>
/// <param name="terms">What all connections share.</param>
internal sealed class ClientConnection(string sessionId, SocketTerms terms)
{
    private const string LimitText = "Message rate limit exceeded";

    private readonly Lock _gate = new();
    private readonly long _start = terms.Now;
    private OutboundLimit _limit = new(terms.Now);
    private int _state;
    private long _closingSince;
    private WebSocket? _socket;
    private Outbox? _outbox;

    /// <summary>Its session.</summary>
    public string SessionId => sessionId;

    /// <summary>How far it has come.</summary>
    public ConnectionState State => (ConnectionState)Volatile.Read(ref _state);

    /// <summary>Whether the process's other parts must be told when it leaves.</summary>
    public bool HasJoined { get; set; }

    private Outbox Out => _outbox!;

    /// <summary>The handshake is done.</summary>
    public void Attach(WebSocket socket)
    {
        _socket = socket;
        _outbox = new Outbox(socket, terms);
    }

    /// <summary>Waits for the client's next message.</summary>
    public ValueTask<InboundMessage> ReceiveAsync(int maxBytes) => InboundMessage.ReceiveAsync(_socket!, maxBytes);

    /// <summary>The client has shown its key: from now on it takes messages, which wait until <see cref="Release"/>. False if it came too late.</summary>
    public bool TryOpen()
    {
        Out.Hold();
        return Interlocked.CompareExchange(ref _state, (int)ConnectionState.Open, (int)ConnectionState.Greeting) == (int)ConnectionState.Greeting;
    }

    /// <summary>Sends what its session has missed, exempt from the limit, then what came since <see cref="TryOpen"/>.</summary>
    public void Release(IEnumerable<ReadOnlyMemory<byte>> missed) => Out.Release(missed);

    /// <summary>The client sent something.</summary>
    public void Touch() => Out.Touch();

    /// <summary>Sends a data message or pong, as far as the limit allows.</summary>
    public bool TrySend(ReadOnlyMemory<byte> text)
    {
        bool taken, violated;
        lock (_gate)
        {
            taken = _limit.TryTake(terms.Now, terms.Settings.MessageRate, terms.Window, out violated);
        }
        if (violated)
        {
            terms.Counters.AddViolation();
        }
        if (!taken)
        {
            SendError("rate_limited", LimitText);
        }
        return taken && Out.Post(text, counts: true);
    }

    /// <summary>Sends an application ping, which no limit holds for.</summary>
    public void Ping(ReadOnlyMemory<byte> text) => Out.Post(text, counts: false);

    /// <summary>Sends an error, which no limit holds for.</summary>
    public void SendError(string code, string text) => Out.Post(Frames.Error(sessionId, code, text, terms.Clock.GetUtcNow()), counts: false);

    /// <summary>Closes from the gateway's side; the client's answer is still to come. Ends when the close frame is sent.</summary>
    public Task CloseAsync(CloseReason reason)
    {
        Volatile.Write(ref _closingSince, terms.Now);
        Volatile.Write(ref _state, (int)ConnectionState.Closing);
        return Out.CloseAsync(reason);
    }

    /// <summary>Answers the client's close frame with the same code.</summary>
    public Task AnswerCloseAsync() => _socket!.State == WebSocketState.CloseReceived
        ? CloseAsync(new CloseReason(_socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null))
        : Task.CompletedTask;

    /// <summary>Its request ends.</summary>
    public void Leave()
    {
        Volatile.Write(ref _state, (int)ConnectionState.Closing);
        _outbox?.Leave();
    }

    /// <summary>Cuts it if it is overdue in something that only it can do; says why to close it in good order.</summary>
    /// <param name="limits">The times.</param>
    public CloseReason? Check(in ConnectionLimits limits)
    {
        if (_outbox is not { } outbox)
        {
            return null;
        }
        if ((State == ConnectionState.Closing && terms.HasPassed(limits.Close, Volatile.Read(ref _closingSince)))
            || (outbox.WritingSince is { } since && terms.HasPassed(limits.Write, since)))
        {
            outbox.Abort();
            return null;
        }
        return State switch
        {
            ConnectionState.Greeting when terms.HasPassed(limits.Greeting, _start) => CloseReason.AuthenticationTimeout,
            ConnectionState.Open when limits.Idle is { } idle && terms.HasPassed(idle, outbox.LastActivity) => CloseReason.Idle,
            _ => null,
        };
    }
}
