using ModelContextProtocol.Server;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>The streams of a session: that of the server's own messages, and the answers that are under way or kept for a while.</summary>
/// <param name="all">Bounds what is kept for all sessions.</param>
/// <param name="clock">The clock.</param>
internal sealed class SessionStreams(ReplayMemory all, TimeProvider clock) : ISseEventStreamStore
{
    private const long MostBytes = 2 << 20;
    private const int MostEvents = 256;
    private const int MostUnderWay = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, EventStream> _answers = [];
    private readonly Dictionary<string, Answer> _underWay = new(StringComparer.Ordinal);
    private readonly ReplayMemory _memory = new(MostBytes, MostEvents);
    private EventStream? _own;
    private int _lastNumber;
    private bool _hasEnded;

    /// <summary>Whether a client reads one.</summary>
    public bool AreRead
    {
        get
        {
            lock (_gate)
            {
                return _own is { IsRead: true } || _underWay.Count > 0;
            }
        }
    }

    /// <summary>The stream of the server's own messages, from now on there; null once all has ended.</summary>
    public EventStream? OpenOwn()
    {
        lock (_gate)
        {
            return _hasEnded ? null : _own ??= new EventStream(0, [_memory, all], clock, static _ => { });
        }
    }

    /// <summary>A stream by its number; null where there is none, or it is no longer kept.</summary>
    public EventStream? Find(int number)
    {
        lock (_gate)
        {
            return number == 0 ? _own : _answers.GetValueOrDefault(number);
        }
    }

    /// <summary>A request is under way from now on; null where one of that id is, or too many are. Followed by <see cref="Finish"/>.</summary>
    public Answer? Begin(string request)
    {
        lock (_gate)
        {
            if (_hasEnded || _underWay.Count >= MostUnderWay || _underWay.ContainsKey(request))
            {
                return null;
            }
            var events = new EventStream(++_lastNumber, [_memory, all], clock, Forget);
            _answers.Add(events.Number, events);
            return _underWay[request] = new Answer(events);
        }
    }

    /// <summary>A request is over.</summary>
    public void Finish(string request)
    {
        lock (_gate)
        {
            if (!_underWay.Remove(request, out var answer))
            {
                return;
            }
            answer.Events.End();
        }
    }

    /// <summary>Nobody wants the answer of a request any more.</summary>
    public void Cancel(string request)
    {
        Answer? answer;
        lock (_gate)
        {
            answer = _underWay.GetValueOrDefault(request);
        }
        answer?.Stop();
    }

    /// <summary>Sends a message of the server's own; nothing where the client has never listened.</summary>
    /// <param name="fields">Lines of the event.</param>
    public void Announce(ReadOnlyMemory<byte> fields)
    {
        EventStream? own;
        lock (_gate)
        {
            own = _own;
        }
        _ = own?.Add([fields], out _);
    }

    /// <summary>Drops what was kept since before that time.</summary>
    public void DropBefore(long time) => _memory.DropBefore(time);

    /// <summary>Sends something that says nothing to whoever reads.</summary>
    public void KeepAlive()
    {
        List<EventStream> read;
        lock (_gate)
        {
            read = [.. _own is null ? Array.Empty<EventStream>() : [_own], .. _underWay.Values.Select(static answer => answer.Events)];
        }
        read.ForEach(static events => events.KeepAlive());
    }

    /// <summary>Ends all.</summary>
    public void End()
    {
        List<Answer> answers;
        lock (_gate)
        {
            _hasEnded = true;
            answers = [.. _underWay.Values];
        }
        _own?.End();
        answers.ForEach(static answer => answer.Stop());
        _memory.DropBefore(long.MaxValue);
    }

    /// <inheritdoc/>
    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_underWay.TryGetValue(options.StreamId, out var answer) ? answer : throw new InvalidOperationException("No such request is under way"));
        }
    }

    /// <inheritdoc/>
    /// <remarks>The endpoint finds streams by itself, and sends their events as they were sent before.</remarks>
    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default) => new((ISseEventStreamReader?)null);

    private void Forget(EventStream events)
    {
        lock (_gate)
        {
            _answers.Remove(events.Number);
        }
    }
}
