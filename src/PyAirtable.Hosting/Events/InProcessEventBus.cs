using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Events;

/// <summary>
/// Event bus within one process. Not durable: what is queued when the process ends is lost, and dead letters are
/// only logged. A group exists from its first subscription on.
/// </summary>
/// <remarks>
/// Each group holds at most <paramref name="capacity"/> events, counting those that run or wait for a retry. When
/// a group that is being read is full, publishing is refused for all, rather than waited out: a handler may
/// itself publish, and would wait for itself. A group that nobody reads any more loses its oldest events, as a
/// bounded stream does.
/// </remarks>
public sealed class InProcessEventBus(TimeProvider time, ILoggerFactory loggers, int capacity = 10_000) : IEventBus
{
    private readonly ILogger _logger = loggers.CreateLogger<InProcessEventBus>();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InProcessEventGroup> _groups = new(StringComparer.Ordinal);
    private readonly List<InProcessEventConsumer> _consumers = [];
    private bool _disposed;

    /// <inheritdoc/>
    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            foreach (var group in _groups.Values)
            {
                if (!group.MakeRoom())
                {
                    throw new EventBusUnavailableException($"The event group '{group.Name}' is {capacity} events behind.");
                }
            }

            foreach (var group in _groups.Values)
            {
                group.Add(envelope);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncDisposable Subscribe(EventSubscription subscription, Func<EventEnvelope, CancellationToken, Task> handler)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_groups.TryGetValue(subscription.Group, out var group))
            {
                _groups.Add(subscription.Group, group = new InProcessEventGroup(subscription.Group, capacity, time));
            }

            var consumer = new InProcessEventConsumer(group, subscription, handler, time, _logger);
            _consumers.RemoveAll(other => other.IsStopped);
            _consumers.Add(consumer);
            consumer.Start();
            return consumer;
        }
    }

    /// <summary>Stops all subscriptions as their own disposal does.</summary>
    public async ValueTask DisposeAsync()
    {
        InProcessEventConsumer[] consumers;
        bool first;
        lock (_gate)
        {
            first = !_disposed;
            _disposed = true;
            consumers = [.. _consumers];
        }

        await Task.WhenAll(consumers.Select(consumer => consumer.DisposeAsync().AsTask()));
        if (first)
        {
            foreach (var group in _groups.Values)
            {
                group.Dispose();
            }
        }
    }
}
