using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Redis;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Events;

/// <summary>
/// Consumes the stream for one group. The loop: wait for a free handler, sweep what is due (own failures after
/// their back-off, others' leavings after the visibility timeout), read as many new events as handlers are free.
/// All state is in Redis, in the group's pending list; this process only knows what it has in flight.
/// </summary>
internal sealed partial class RedisStreamConsumer(
    RedisConnection redis,
    RedisStreamOptions options,
    EventSubscription subscription,
    Func<EventEnvelope, CancellationToken, Task> handler,
    TimeProvider time,
    ILogger logger) : EventConsumer(subscription, handler, time, logger)
{
    private static readonly TimeSpan LongestRead = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestSweepPause = TimeSpan.FromSeconds(5);

    private readonly RedisStreamReader _reader = new(options, subscription.Group, subscription.Consumer);
    private readonly SemaphoreSlim _free = new(subscription.Concurrency, subscription.Concurrency);
    private readonly ConcurrentDictionary<RedisValue, bool> _inFlight = new();
    private readonly SweepClock _sweep = new(time);
    private bool _joined;
    private bool _sweepOpen;
    private bool _troubled;

    public bool IsStopped { get; private set; }

    protected override async Task RunAsync()
    {
        await using (var blocking = redis.ForBlockingReads())
        {
            while (!Stopping.IsCancellationRequested)
            {
                try
                {
                    await StepAsync(blocking);
                }
                catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
                {
                    break;
                }
                catch (Exception e)
                {
                    // A lost connection, or a stream that vanished with its group (a Redis that came back empty).
                    _joined = false;
                    MarkTroubled(e);
                    await PauseAsync();
                }
            }
        }

        for (var i = 0; i < Subscription.Concurrency; i++)
        {
            await _free.WaitAsync();
        }

        IsStopped = true;
    }

    protected override async Task OnStoppedAsync()
    {
        try
        {
            if (_joined && await redis.GetDatabaseAsync(CancellationToken.None) is { } database)
            {
                await _reader.LeaveAsync(database);
            }
        }
        catch (Exception e)
        {
            LogTrouble(Logger, Subscription.Group, e.GetType().Name);
        }
    }

    private async Task StepAsync(RedisConnection blocking)
    {
        if (await redis.GetDatabaseAsync(Stopping) is not { } database || await blocking.GetDatabaseAsync(Stopping) is not { } reads)
        {
            await PauseAsync();
            return;
        }

        if (!_joined)
        {
            await _reader.CreateGroupAsync(database);
            _joined = true;
            _sweep.RequestIn(TimeSpan.Zero);
        }

        // Only this loop takes handlers, so what is free here stays free until it does.
        if (await _free.WaitAsync(_sweep.Due, Stopping))
        {
            _free.Release();
        }

        if (_sweep.Due == TimeSpan.Zero)
        {
            var pause = Subscription.VisibilityTimeout / 3;
            _sweep.StartAgain(pause < LongestSweepPause ? pause : LongestSweepPause);
            await RenewAsync(database);
            _sweepOpen = true;
        }

        if (_sweepOpen)
        {
            _sweepOpen = !await SweepAsync(database);
        }

        if (_free.CurrentCount > 0 && !Stopping.IsCancellationRequested)
        {
            var due = _sweep.Due;
            await ReadAsync(database, reads, due < LongestRead ? due : LongestRead);
        }

        _troubled = false;
    }

    private async Task ReadAsync(IDatabase database, IDatabase reads, TimeSpan wait)
    {
        List<RedisValue>? unwanted = null;
        foreach (var entry in await _reader.ReadNewAsync(reads, _free.CurrentCount, wait))
        {
            if (!EventEnvelope.TryParse(entry[RedisStreamEventBus.Field], out var envelope, out var error))
            {
                await BuryAsync(database, entry, 1, $"not an event envelope: {error}");
            }
            else if (Subscription.Wants(envelope))
            {
                await BeginAsync(entry, envelope, 1);
            }
            else
            {
                (unwanted ??= []).Add(entry.Id);
            }
        }

        if (unwanted is not null)
        {
            await _reader.AcknowledgeAsync(database, [.. unwanted]);
        }
    }

    private async Task RenewAsync(IDatabase database)
    {
        RedisValue[] held = [.. _inFlight.Keys];
        if (held.Length > 0)
        {
            await _reader.RenewAsync(database, held);
        }
    }

    // False when it ran out of free handlers: the rest is taken when one ends.
    private async Task<bool> SweepAsync(IDatabase database)
    {
        var after = RedisValue.Null;
        while (_free.CurrentCount > 0 && !Stopping.IsCancellationRequested)
        {
            var page = await _reader.PendingAsync(database, after, Subscription.BackOff(1));
            foreach (var pending in page)
            {
                if (_free.CurrentCount == 0 || Stopping.IsCancellationRequested)
                {
                    return false;
                }

                await TakeWhenDueAsync(database, pending);
                after = pending.MessageId;
            }

            if (page.Length == 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task TakeWhenDueAsync(IDatabase database, StreamPendingMessageInfo pending)
    {
        if (_inFlight.ContainsKey(pending.MessageId))
        {
            return;
        }

        var own = pending.ConsumerName == Subscription.Consumer;
        var due = own ? Subscription.BackOff(pending.DeliveryCount) : Subscription.VisibilityTimeout;
        var idle = TimeSpan.FromMilliseconds(pending.IdleTimeInMilliseconds);
        if (idle < due)
        {
            _sweep.RequestIn(due - idle);
            return;
        }

        if (await _reader.ClaimAsync(database, pending.MessageId, due) is not { } entry)
        {
            return;
        }

        if (pending.DeliveryCount >= Subscription.MaxAttempts)
        {
            await BuryAsync(database, entry, pending.DeliveryCount, "its consumers ended without settling it");
        }
        else if (!EventEnvelope.TryParse(entry[RedisStreamEventBus.Field], out var envelope, out var error))
        {
            await BuryAsync(database, entry, pending.DeliveryCount + 1, $"not an event envelope: {error}");
        }
        else
        {
            await BeginAsync(entry, envelope, pending.DeliveryCount + 1);
        }
    }

    private async Task BuryAsync(IDatabase database, StreamEntry entry, int attempts, string reason)
    {
        LogBuried(Logger, entry.Id.ToString(), Subscription.Group, attempts, reason);
        await _reader.BuryAsync(database, entry, attempts, reason);
    }

    private async Task BeginAsync(StreamEntry entry, EventEnvelope envelope, int attempt)
    {
        await _free.WaitAsync(CancellationToken.None);
        _inFlight[entry.Id] = true;
        _ = Task.Run(() => DeliverAsync(entry, envelope, attempt), CancellationToken.None);
    }

    private async Task DeliverAsync(StreamEntry entry, EventEnvelope envelope, int attempt)
    {
        try
        {
            var outcome = await HandleAsync(envelope, attempt);
            if (await redis.GetDatabaseAsync(CancellationToken.None) is { } database)
            {
                await SettleAsync(database, entry, attempt, outcome);
            }
        }
        catch (Exception e)
        {
            // Unsettled, so it comes again: at least once is what was promised.
            MarkTroubled(e);
        }
        finally
        {
            _inFlight.TryRemove(entry.Id, out _);
            _free.Release();
        }
    }

    private async Task SettleAsync(IDatabase database, StreamEntry entry, int attempt, EventOutcome outcome)
    {
        switch (outcome.Result)
        {
            case EventOutcome.Kind.Done:
                await _reader.AcknowledgeAsync(database, [entry.Id]);
                break;
            case EventOutcome.Kind.Dead:
                await _reader.BuryAsync(database, entry, attempt, outcome.Reason!);
                break;
            case EventOutcome.Kind.Failed:
                // The back-off counts from here, not from the delivery.
                await _reader.RenewAsync(database, [entry.Id]);
                _sweep.RequestIn(Subscription.BackOff(attempt));
                break;
        }
    }

    private async Task PauseAsync() =>
        await Task.Delay(ReconnectDelay, Time, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void MarkTroubled(Exception e)
    {
        if (!_troubled)
        {
            _troubled = true;
            LogTrouble(Logger, Subscription.Group, e.GetType().Name);
        }
    }
}
