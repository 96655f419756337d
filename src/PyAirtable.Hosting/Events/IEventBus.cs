namespace PyAirtable.Hosting.Events;

/// <summary>
/// Carries events from publishers to groups of consumers. Each group gets each event; the consumers of a group
/// share them. An event is settled when its handler has returned; after a throw it comes again with back-off,
/// and after the last attempt it becomes a dead letter. Delivery is at least once: handlers must bear a repeat.
/// </summary>
public interface IEventBus : IAsyncDisposable
{
    /// <summary>
    /// Hands the event to the bus, which answers for it once this returns. It never waits long: a publisher whose
    /// event is refused decides itself whether to try again, keep or drop it.
    /// </summary>
    /// <exception cref="EventBusUnavailableException">The bus cannot take the event now. It may have been stored when the answer was lost.</exception>
    ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken);

    /// <summary>Hands many events to the bus at once, which costs it less than one by one. Those before one that is refused may have been taken.</summary>
    /// <exception cref="EventBusUnavailableException">As for one.</exception>
    async ValueTask PublishAsync(IReadOnlyList<EventEnvelope> envelopes, CancellationToken cancellationToken)
    {
        foreach (var envelope in envelopes)
        {
            await PublishAsync(envelope, cancellationToken);
        }
    }

    /// <summary>
    /// Starts to consume. Disposing what is returned stops the reading, waits for the handlers in flight up to
    /// <see cref="EventSubscription.DrainTimeout"/>, then cancels them; what was not finished is left to others.
    /// </summary>
    /// <param name="subscription">Group, and how to consume.</param>
    /// <param name="handler">Called for each event; its token is cancelled when the drain time is over.</param>
    IAsyncDisposable Subscribe(EventSubscription subscription, Func<EventEnvelope, CancellationToken, Task> handler);
}
