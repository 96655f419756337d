using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>
/// The exchange of several gateways that share a Redis: a message reaches a session wherever it is connected, and waits where every
/// gateway finds it. While Redis is away each gateway serves its own connections, and queues in its own memory.
/// </summary>
/// <param name="local">What this gateway does alone.</param>
/// <param name="connections">Its connections.</param>
/// <param name="link">The way to Redis.</param>
/// <param name="sessions">The commands.</param>
/// <param name="terms">Times, counters and clock.</param>
/// <param name="log">Where oddities go.</param>
internal sealed partial class RedisExchange(
    LocalExchange local,
    SessionDirectory connections,
    RedisLink link,
    RedisSessions sessions,
    SocketTerms terms,
    ILogger log) : ISessionExchange
{
    // Joining and leaving commands go out in the order in which connections do so.
    private readonly Lock _order = new();
    private long _joinedAt;

    /// <summary>Whether Redis could not be used when it was last needed.</summary>
    public bool IsAway => link.IsAway;

    /// <inheritdoc/>
    public long Queued => local.Queued + sessions.Queued;

    /// <inheritdoc/>
    public async Task OpenAsync(ClientConnection connection)
    {
        // From here on it takes messages, also those that are sent before the queue is here; they wait for what the queue brings.
        if (!connection.TryOpen())
        {
            connection.Release([]);
            return;
        }
        var missed = await link.TryAsync(database => JoinAsync(database, connection));
        link.HasForgotten |= missed is null;
        connection.Release(local.TakeMissed(connection.SessionId, missed ?? []));
        if (connection.State != ConnectionState.Open)
        {
            // It went while it joined.
            LeaveSession(connection.SessionId);
        }
    }

    /// <inheritdoc/>
    public void Leave(ClientConnection connection)
    {
        if (connections.Remove(connection) && connection.HasJoined)
        {
            LeaveSession(connection.SessionId);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(string sessionId, SessionMessage message, CancellationToken cancel)
    {
        var now = terms.Clock.GetUtcNow();
        var queued = Envelop(sessionId, message, now);
        switch (await link.TryAsync(async database => (long?)await sessions.SendAsync(database, sessionId, queued, now)))
        {
            case null:
                local.Send(sessionId, queued);
                break;
            case 0:
                terms.Counters.AddQueued();
                await FlushAsync(sessionId);
                break;
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendHereAsync(string sessionId, SessionMessage message, CancellationToken cancel)
    {
        var now = terms.Clock.GetUtcNow();
        var queued = Envelop(sessionId, message, now);
        if (connections.Deliver(sessionId, queued.Text) == DeliveryOutcome.Taken)
        {
            return;
        }
        if (await link.TryAsync(async database =>
            {
                await sessions.QueueAsync(database, sessionId, queued, now);
                return (bool?)true;
            }) is null)
        {
            local.Queue(sessionId, queued, recheck: false);
            return;
        }
        terms.Counters.AddQueued();
    }

    /// <inheritdoc/>
    public async Task SweepAsync(CancellationToken cancel)
    {
        await local.SweepAsync(cancel);
        if (terms.HasPassed(RedisSessions.PresenceLifetime / 4, _joinedAt))
        {
            link.HasForgotten = true;
        }
        await link.TryAsync(async database =>
        {
            if (link.HasForgotten)
            {
                link.HasForgotten = false;
                _joinedAt = terms.Now;
                await RejoinAsync(database);
            }
            await sessions.SweepAsync(database, terms.Clock.GetUtcNow());
            return (bool?)true;
        });
    }

    /// <summary>A message came from a gateway, this one included.</summary>
    public void Receive(ChannelMessage published)
    {
        try
        {
            var message = SharedMessage.Parse((ReadOnlyMemory<byte>)published.Message);
            if (connections.Deliver(message.SessionId, message.Message.Text) is var outcome && outcome != DeliveryOutcome.Taken)
            {
                _ = RefuseAsync(message, outcome);
            }
        }
        catch (FormatException e)
        {
            LogUnreadable(log, e);
        }
    }

    private QueuedMessage Envelop(string sessionId, SessionMessage message, DateTimeOffset now) =>
        new(Frames.Data(sessionId, message, now), MessagePriority.Of(message.Type), local.ExpiryOf(now));

    private Task<IReadOnlyList<QueuedMessage>> JoinAsync(IDatabase database, ClientConnection connection)
    {
        lock (_order)
        {
            connection.HasJoined = true;
            return sessions.JoinAsync(database, connection.SessionId);
        }
    }

    // If it fails, messages come here in vain for a while, and are queued.
    private void LeaveSession(string session)
    {
        lock (_order)
        {
            if (connections.FindOpen(session) is null)
            {
                _ = link.TryAsync(async database =>
                {
                    await sessions.LeaveAsync(database, session);
                    return true;
                });
            }
        }
    }

    private async Task RejoinAsync(IDatabase database)
    {
        foreach (var session in connections.SessionIds)
        {
            if (connections.FindOpen(session) is { } connection)
            {
                connection.Release(local.TakeMissed(session, await JoinAsync(database, connection)));
            }
        }
    }

    // A message was queued because no gateway had the session; meanwhile this one may.
    private async Task FlushAsync(string sessionId)
    {
        if (connections.FindOpen(sessionId) is { } late)
        {
            var missed = await link.TryAsync(database => JoinAsync(database, late));
            late.Release(local.TakeMissed(sessionId, missed ?? []));
        }
    }

    private async Task RefuseAsync(SharedMessage message, DeliveryOutcome outcome)
    {
        switch (await link.TryAsync(async database => (bool?)await sessions.RefuseAsync(database, message, terms.Clock.GetUtcNow())))
        {
            case null:
                local.Queue(message.SessionId, message.Message, recheck: outcome == DeliveryOutcome.Nobody);
                break;
            case true:
                terms.Counters.AddQueued();
                if (outcome == DeliveryOutcome.Nobody)
                {
                    await FlushAsync(message.SessionId);
                }
                break;
        }
    }

    [LoggerMessage(EventId = 522, Level = LogLevel.Warning, Message = "Something other than a message came on the gateways' channel")]
    private static partial void LogUnreadable(ILogger logger, Exception error);
}
