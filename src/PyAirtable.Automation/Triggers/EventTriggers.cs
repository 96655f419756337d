using Microsoft.Extensions.Hosting;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Automation.Triggers;

/// <summary>Starts the workflows that wait for events of the bus. All processes of the service are one group, so each event comes to one of them.</summary>
/// <param name="bus">The bus.</param>
/// <param name="triggers">Where executions are added.</param>
/// <param name="pending">Wakes the worker that runs them.</param>
/// <param name="clock">The clock.</param>
internal sealed class EventTriggers(IEventBus bus, TriggerStore triggers, WorkSignal pending, TimeProvider clock) : IHostedService
{
    private const string Group = "workflow-triggers";

    // Some minutes, for a database that is away.
    private const int MaxAttempts = 20;

    private readonly AwaitedEvents _awaited = new(triggers, clock);
    private IAsyncDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = bus.Subscribe(new EventSubscription { Group = Group, MaxAttempts = MaxAttempts }, HandleAsync);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_subscription is not null)
        {
            await _subscription.DisposeAsync();
        }
    }

    private async Task HandleAsync(EventEnvelope happened, CancellationToken cancel)
    {
        if (await _awaited.ContainAsync(happened.Type, happened.Time, cancel)
            && await triggers.AddAsync(happened, WireTime.Now(clock), cancel) > 0)
        {
            pending.Notify();
        }
    }
}
