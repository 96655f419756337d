namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>The exchange of a single gateway: all in this process.</summary>
/// <param name="connections">The connections.</param>
/// <param name="queues">What waits for one.</param>
/// <param name="terms">Times, counters and clock.</param>
internal sealed class LocalExchange(SessionDirectory connections, MessageQueues queues, SocketTerms terms) : ISessionExchange
{
    /// <inheritdoc/>
    public long Queued => queues.Count;

    /// <inheritdoc/>
    public Task OpenAsync(ClientConnection connection)
    {
        connection.Release(connection.TryOpen() ? TakeMissed(connection.SessionId, []) : []);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Leave(ClientConnection connection) => connections.Remove(connection);

    /// <inheritdoc/>
    public ValueTask SendAsync(string sessionId, SessionMessage message, CancellationToken cancel)
    {
        var now = terms.Clock.GetUtcNow();
        Send(sessionId, new QueuedMessage(Frames.Data(sessionId, message, now), MessagePriority.Of(message.Type), ExpiryOf(now)));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SendHereAsync(string sessionId, SessionMessage message, CancellationToken cancel) => SendAsync(sessionId, message, cancel);

    /// <inheritdoc/>
    public Task SweepAsync(CancellationToken cancel)
    {
        queues.Sweep(terms.Clock.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <summary>When a message of this moment is too old, in milliseconds of Unix time.</summary>
    public long ExpiryOf(DateTimeOffset now) => (now + terms.Settings.QueueLifetime).ToUnixTimeMilliseconds();

    /// <summary>Sends a message, or queues it.</summary>
    public void Send(string sessionId, QueuedMessage message)
    {
        var outcome = connections.Deliver(sessionId, message.Text);
        if (outcome != DeliveryOutcome.Taken)
        {
            Queue(sessionId, message, recheck: outcome == DeliveryOutcome.Nobody);
        }
    }

    /// <summary>Queues a message.</summary>
    /// <param name="sessionId">Whose it is.</param>
    /// <param name="message">The message.</param>
    /// <param name="recheck">True if the session had no connection: one that has come meanwhile took the queue before this message was in it.</param>
    public void Queue(string sessionId, QueuedMessage message, bool recheck)
    {
        queues.Add(sessionId, message);
        terms.Counters.AddQueued();
        if (recheck && connections.FindOpen(sessionId) is { } late)
        {
            late.Release(TakeMissed(sessionId, []));
        }
    }

    /// <summary>Takes what waits for a session, together with what waits for it elsewhere, in the order in which it is to be sent.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> TakeMissed(string sessionId, IEnumerable<QueuedMessage> elsewhere) =>
        QueuedMessage.InOrder(elsewhere.Concat(queues.Take(sessionId)), terms.Clock.GetUtcNow());
}
