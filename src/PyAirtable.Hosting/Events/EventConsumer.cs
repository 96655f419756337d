using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Events;

/// <summary>A running subscription: the loop, and the two steps in which it ends.</summary>
internal abstract partial class EventConsumer(
    EventSubscription subscription,
    Func<EventEnvelope, CancellationToken, Task> handler,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan AbandonWait = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _stopped;

    /// <summary>Cancelled when no more events are to be read.</summary>
    protected CancellationToken Stopping => _stopping.Token;

    protected EventSubscription Subscription => subscription;

    protected TimeProvider Time => time;

    protected ILogger Logger => logger;

    /// <summary>Begins to consume, away from the caller's thread.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new(_stopped ??= StopAsync());
        }
    }

    /// <summary>Consumes until <see cref="Stopping"/>, then returns when no handler runs any more. Does not throw.</summary>
    protected abstract Task RunAsync();

    /// <summary>Called when the consumer has come to rest.</summary>
    protected virtual Task OnStoppedAsync() => Task.CompletedTask;

    /// <summary>Runs the handler once and says what came of it; a failure is logged.</summary>
    protected async Task<EventOutcome> HandleAsync(EventEnvelope envelope, int attempt)
    {
        try
        {
            await handler(envelope, _abandoned.Token);
            return EventOutcome.Done;
        }
        catch (Exception) when (_abandoned.IsCancellationRequested)
        {
            return EventOutcome.Abandoned;
        }
        catch (Exception e)
        {
            if (attempt < subscription.MaxAttempts)
            {
                LogFailed(logger, envelope.Id, envelope.Type, subscription.Group, attempt, subscription.MaxAttempts, e);
                return EventOutcome.Failed;
            }

            LogDead(logger, envelope.Id, envelope.Type, subscription.Group, attempt, e);
            return EventOutcome.Dead($"{e.GetType().Name}: {e.Message}");
        }
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        if (!await EndsWithinAsync(subscription.DrainTimeout))
        {
            await _abandoned.CancelAsync();
            if (!await EndsWithinAsync(AbandonWait))
            {
                LogStuck(logger, subscription.Group);
                return;
            }
        }

        await OnStoppedAsync();
        _stopping.Dispose();
        _abandoned.Dispose();
    }

    private async Task<bool> EndsWithinAsync(TimeSpan wait)
    {
        try
        {
            await _running.WaitAsync(wait, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
