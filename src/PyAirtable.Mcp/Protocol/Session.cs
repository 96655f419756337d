using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyAirtable.Mcp.Protocol.Streams;

namespace PyAirtable.Mcp.Protocol;

/// <summary>
/// A session of the Model Context Protocol over HTTP. What it takes to serve it is there while it is used, and soon after is given up: of a session
/// at rest only its id, its key and what its client said of itself are kept.
/// </summary>
/// <param name="id">Its id.</param>
/// <param name="key">Index of the key that opened it, which alone may use it.</param>
/// <param name="introduction">What its client sent with <c>initialize</c>.</param>
/// <param name="options">What it serves.</param>
/// <param name="replay">Bounds the events that are kept for all sessions.</param>
/// <param name="clock">The clock.</param>
internal sealed class Session(string id, int key, JsonNode? introduction, McpServerOptions options, ReplayMemory replay, TimeProvider clock) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly string? _introduction = introduction?.ToJsonString();
    private LiveSession? _live;
    private int _requests;
    private long _lastRead = clock.GetTimestamp();
    private bool _wasLive;
    private bool _hasEnded;

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>Index of its key.</summary>
    public int Key => key;

    /// <summary>Its streams of events.</summary>
    public SessionStreams Streams { get; } = new(replay, clock);

    /// <summary>What its client wants to be told.</summary>
    public ClientLog Log { get; } = new();

    /// <summary>Whether a request goes on when its connection breaks, for a client that comes back for its answer.</summary>
    public bool IsResumable { get; } = !replay.IsOff && ProtocolVersion.Of(introduction) == ProtocolVersion.Newest;

    /// <summary>Its direct calls.</summary>
    public RunningCalls Calls { get; } = new();

    /// <summary>How long it was not used; zero while a request or its stream is under way.</summary>
    public TimeSpan Idle
    {
        get
        {
            lock (_gate)
            {
                return _requests > 0 || Streams.AreRead ? TimeSpan.Zero : clock.GetElapsedTime(Math.Max(LastUsed, _lastRead));
            }
        }
    }

    /// <summary>Whether it is not at rest.</summary>
    public bool IsLive
    {
        get
        {
            lock (_gate)
            {
                return _live is not null;
            }
        }
    }

    private long LastUsed { get; set; } = clock.GetTimestamp();

    /// <summary>A request begins: what carries its message; null where the session has ended meanwhile. Followed by <see cref="Leave"/>.</summary>
    public async ValueTask<StreamableHttpServerTransport?> EnterAsync()
    {
        LiveSession live;
        var restored = false;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return null;
            }
            if (_live is null)
            {
                restored = _wasLive;
                _live = new LiveSession(id, restored ? OptionsAsBefore() : options, IsResumable ? Streams : null);
                _wasLive = true;
            }
            live = _live;
            _requests++;
        }
        if (restored)
        {
            await live.Transport.HandleInitializeRequestAsync(Introduction());
        }
        return live.Transport;
    }

    /// <summary>A request begins that needs nothing but the session itself; false where it has ended meanwhile. Followed by <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _requests += _hasEnded ? 0 : 1;
            return !_hasEnded;
        }
    }

    /// <summary>A request has ended.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            LastUsed = clock.GetTimestamp();
            _requests--;
        }
    }

    /// <summary>Gives up what is only there for use, where it was not used for that long.</summary>
    /// <returns>Whether there was something to give up.</returns>
    public async ValueTask<bool> RestAsync(TimeSpan after)
    {
        LiveSession? live;
        lock (_gate)
        {
            if (_requests > 0 || clock.GetElapsedTime(LastUsed) < after)
            {
                return false;
            }
            (live, _live) = (_live, null);
        }
        if (live is null)
        {
            return false;
        }
        await live.DisposeAsync();
        return true;
    }

    /// <summary>Takes note of whether a client reads a stream, so that it counts as used for a while after the connection breaks.</summary>
    public void NoteReaders()
    {
        if (Streams.AreRead)
        {
            lock (_gate)
            {
                _lastRead = clock.GetTimestamp();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        LiveSession? live;
        lock (_gate)
        {
            _hasEnded = true;
            (live, _live) = (_live, null);
        }
        Streams.End();
        Calls.CancelAll();
        if (live is not null)
        {
            await live.DisposeAsync();
        }
    }

    private InitializeRequestParams? Introduction() => _introduction is null ? null
        : (InitializeRequestParams?)JsonSerializer.Deserialize(_introduction, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InitializeRequestParams)));

    private McpServerOptions OptionsAsBefore()
    {
        var known = Introduction();
        return new McpServerOptions
        {
            ServerInfo = options.ServerInfo,
            Capabilities = options.Capabilities,
            Handlers = options.Handlers,
            ScopeRequests = options.ScopeRequests,
            KnownClientInfo = known?.ClientInfo,
            KnownClientCapabilities = known?.Capabilities,
        };
    }
}
