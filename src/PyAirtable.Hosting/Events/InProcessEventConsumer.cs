using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Events;

/// <summary>Takes one group's events from its queue.</summary>
internal sealed class InProcessEventConsumer(
    InProcessEventGroup group,
    EventSubscription subscription,
    Func<EventEnvelope, CancellationToken, Task> handler,
    TimeProvider time,
    ILogger logger) : EventConsumer(subscription, handler, time, logger)
{
    public bool IsStopped { get; private set; }

    protected override async Task RunAsync()
    {
        group.Enter();
        await Task.WhenAll(Enumerable.Range(0, Subscription.Concurrency).Select(_ => WorkAsync()));
        group.Leave();
        IsStopped = true;
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await group.Deliveries.WaitToReadAsync(Stopping))
            {
                while (!Stopping.IsCancellationRequested && group.Deliveries.TryRead(out var delivery))
                {
                    await DeliverAsync(delivery);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped; what is queued stays for the group's other consumers.
        }
    }

    private async Task DeliverAsync(InProcessEventGroup.Delivery delivery)
    {
        var outcome = Subscription.Wants(delivery.Envelope)
            ? await HandleAsync(delivery.Envelope, delivery.Attempt)
            : EventOutcome.Done;
        switch (outcome.Result)
        {
            case EventOutcome.Kind.Abandoned:
                group.Return(delivery);
                break;
            case EventOutcome.Kind.Failed:
                _ = group.ReturnLaterAsync(delivery with { Attempt = delivery.Attempt + 1 }, Subscription.BackOff(delivery.Attempt));
                break;
            default:
                group.Settle();
                break;
        }
    }
}
