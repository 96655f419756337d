using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;
using PyAirtable.Hosting.Lifetime;
using PyAirtable.Mcp.Protocol.Streams;

namespace PyAirtable.Mcp.Protocol;

/// <summary>The sessions that are open: a bounded number, each ended when it was not used for a while.</summary>
/// <param name="most">Sessions at once.</param>
/// <param name="idle">How long one lives that is not used.</param>
/// <param name="replay">What is kept for clients whose connection breaks.</param>
/// <param name="clock">The clock.</param>
internal sealed class SessionBook(int most, TimeSpan idle, ReplayMemory replay, TimeProvider clock) : BackgroundService
{
    private const int ManyRested = 50;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(5);

    // Proxies take a connection for dead after a minute of silence.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private static readonly byte[] ToolsChanged = """
        event: message
        data: {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}


        """u8.ToArray();

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private long _lastComment = clock.GetTimestamp();
    private volatile IReadOnlySet<int>? _keys;

    /// <summary>Sessions that are open.</summary>
    public int Count => _sessions.Count;

    /// <summary>Those of them that are not at rest.</summary>
    public int InUse => _sessions.Count(static entry => entry.Value.IsLive);

    /// <summary>Sessions that may be open.</summary>
    public int Most { get; private set; } = most;

    private TimeSpan Idle { get; set; } = idle;

    /// <summary>A new id that nobody can guess: 122 bits of the system's secure generator, asked for without loading the system's cryptography.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>Whether another has room.</summary>
    public bool HasRoom => _sessions.Count < Most;

    /// <summary>Takes over other limits. Sessions stay, but for those whose key does not count any more, which end soon.</summary>
    /// <param name="most">Sessions at once.</param>
    /// <param name="idle">How long one lives that is not used.</param>
    /// <param name="keys">The keys that count.</param>
    public void Limit(int most, TimeSpan idle, IReadOnlySet<int> keys) => (Most, Idle, _keys) = (most, idle, keys);

    /// <summary>Adds one.</summary>
    public void Add(Session session) => _sessions.TryAdd(session.Id, session);

    /// <summary>The session of that id, where it belongs to that key; null else.</summary>
    public Session? Find(string id, int key) => _sessions.TryGetValue(id, out var session) && session.Key == key ? session : null;

    /// <summary>Ends one.</summary>
    public async Task EndAsync(Session session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>Tells all sessions that the list of tools is another one.</summary>
    public void AnnounceTools()
    {
        foreach (var (_, session) in _sessions)
        {
            session.Streams.Announce(ToolsChanged);
        }
    }

    /// <summary>Tells something to all clients that listen and want to know.</summary>
    public void Tell(LoggingLevel level, string logger, string message)
    {
        var fields = RpcMessage.WriteEvent(ClientLog.Message(level, logger, message, traceId: null));
        foreach (var (_, session) in _sessions)
        {
            if (session.Log.Wants(level))
            {
                session.Streams.Announce(fields);
            }
        }
    }

    /// <summary>Ends sessions that were not used for long, and puts those at rest that are not used now.</summary>
    internal async Task SweepAsync()
    {
        var rested = 0;
        var old = clock.GetTimestamp() - (long)(Kept.TotalSeconds * clock.TimestampFrequency);
        var comments = clock.GetElapsedTime(_lastComment) >= Silence;
        _lastComment = comments ? clock.GetTimestamp() : _lastComment;
        replay.DropBefore(old);
        foreach (var (_, session) in _sessions)
        {
            session.NoteReaders();
            session.Streams.DropBefore(old);
            if (comments)
            {
                session.Streams.KeepAlive();
            }
            if (session.Idle >= Idle || _keys?.Contains(session.Key) == false)
            {
                await EndAsync(session);
            }
            else if (await session.RestAsync(RestAfter))
            {
                rested++;
            }
        }
        if (rested >= ManyRested)
        {
            // A burst is over: its memory goes back to the system now, not when the collector next has a reason of its own.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            StartMemory.Release();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var (_, session) in _sessions)
        {
            await EndAsync(session);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Idle < Period ? Idle : Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SweepAsync();
        }
    }
}
