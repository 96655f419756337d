using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Redis;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Events;

/// <summary>
/// Event bus of many processes and languages on one Redis stream. Each entry has the field <c>event</c> with the
/// envelope's JSON. Events are as durable as Redis is set up to be, up to the stream's length.
/// </summary>
/// <remarks>
/// While Redis is away publishing fails at once; nothing is buffered, since a buffer would claim a durability
/// that it does not have. Consumers come back by themselves.
/// </remarks>
public sealed class RedisStreamEventBus(RedisConnection redis, RedisStreamOptions options, TimeProvider time, ILoggerFactory loggers) : IEventBus
{
    /// <summary>The entry field that holds the envelope.</summary>
    public const string Field = "event";

    // One round trip and one answer, however many there are.
    private const string AddAll = """
        for i = 3, #ARGV do
          redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', ARGV[2], ARGV[i])
        end
        """;

    private readonly ILogger _logger = loggers.CreateLogger<RedisStreamEventBus>();
    private readonly Lock _gate = new();
    private readonly List<RedisStreamConsumer> _consumers = [];
    private bool _disposed;

    /// <inheritdoc/>
    public ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken) => AddAsync(
        static (database, options, json) => database.StreamAddAsync(options.Stream, Field, json, null, options.MaxLength, useApproximateMaxLength: true),
        (RedisValue)envelope.ToJson(),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask PublishAsync(IReadOnlyList<EventEnvelope> envelopes, CancellationToken cancellationToken) => AddAsync(
        static (database, options, arguments) => database.ScriptEvaluateAsync(AddAll, [options.Stream], arguments),
        (RedisValue[])[options.MaxLength, Field, .. envelopes.Select(static envelope => (RedisValue)envelope.ToJson())],
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncDisposable Subscribe(EventSubscription subscription, Func<EventEnvelope, CancellationToken, Task> handler)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var consumer = new RedisStreamConsumer(redis, options, subscription, handler, time, _logger);
            _consumers.RemoveAll(other => other.IsStopped);
            _consumers.Add(consumer);
            consumer.Start();
            return consumer;
        }
    }

    /// <summary>Stops all subscriptions as their own disposal does. The connection is its owner's to close.</summary>
    public async ValueTask DisposeAsync()
    {
        RedisStreamConsumer[] consumers;
        lock (_gate)
        {
            _disposed = true;
            consumers = [.. _consumers];
        }

        await Task.WhenAll(consumers.Select(consumer => consumer.DisposeAsync().AsTask()));
    }

    private async ValueTask AddAsync<T>(Func<IDatabase, RedisStreamOptions, T, Task> add, T content, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var database = await redis.GetDatabaseAsync(cancellationToken)
                ?? throw new EventBusUnavailableException("Redis cannot be reached; the event was not published.");
            await add(database, options, content);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new EventBusUnavailableException("Redis did not confirm the event.", e);
        }
    }
}
