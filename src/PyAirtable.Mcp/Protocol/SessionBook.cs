using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace PyAirtable.Mcp.Protocol;

/// <summary>The sessions that are open: a bounded number, each ended when it was not used for a while.</summary>
/// <param name="most">Sessions at once.</param>
/// <param name="idle">How long one lives that is not used.</param>
/// <param name="clock">The clock.</param>
internal sealed class SessionBook(int most, TimeSpan idle, TimeProvider clock) : BackgroundService
{
    private const int ManyRested = 50;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Sessions that are open.</summary>
    public int Count => _sessions.Count;

    /// <summary>A new id that nobody can guess: 122 bits of the system's secure generator, asked for without loading the system's cryptography.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>Whether another has room.</summary>
    public bool HasRoom => _sessions.Count < most;

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
            session.AnnounceTools();
        }
    }

    /// <summary>Ends sessions that were not used for long, and puts those at rest that are not used now.</summary>
    internal async Task SweepAsync()
    {
        var rested = 0;
        foreach (var (_, session) in _sessions)
        {
            if (session.Idle >= idle)
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
        using var timer = new PeriodicTimer(idle < Period ? idle : Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SweepAsync();
        }
    }
}
