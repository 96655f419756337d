using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Redis;
using StackExchange.Redis;

namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>The way to Redis for what gateways tell each other: it listens on this gateway's channel, and gives up at once while Redis
/// is away.</summary>
/// <param name="redis">A connection that can subscribe.</param>
/// <param name="channelIn">The gateway's channel in a database.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where Redis's absence is told.</param>
internal sealed partial class RedisLink(RedisConnection redis, Func<IDatabase, RedisChannel> channelIn, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private IDatabase? _subscribed;
    private long _failedAt;
    private volatile bool _isAway;
    private volatile bool _hasForgotten = true;

    /// <summary>Takes what comes on the channel, one after the other; to be set before the first use.</summary>
    public Action<ChannelMessage> Received { get; set; } = static _ => { };

    /// <summary>Whether Redis could not be used when it was last needed.</summary>
    public bool IsAway => _isAway;

    /// <summary>Whether Redis may have forgotten what it knew of this gateway, or have been told things while it did not listen.</summary>
    public bool HasForgotten
    {
        get => _hasForgotten;
        set => _hasForgotten = value;
    }

    /// <summary>Does something with Redis; null where it is away. A Redis that does not answer costs its time limit once in a while only.</summary>
    public async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> act)
    {
        if (_isAway && clock.GetElapsedTime(Volatile.Read(ref _failedAt)) < RetryAfter)
        {
            return default;
        }
        try
        {
            if (await redis.GetDatabaseAsync(CancellationToken.None) is { } database)
            {
                await SubscribeAsync(database);
                var result = await act(database);
                MarkBack();
                return result;
            }
            MarkAway("not connected");
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            Volatile.Write(ref _failedAt, clock.GetTimestamp());
            MarkAway(e.GetType().Name);
        }
        return default;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        _subscribing.Dispose();
    }

    private async ValueTask SubscribeAsync(IDatabase database)
    {
        if (_subscribed == database)
        {
            return;
        }
        await _subscribing.WaitAsync();
        try
        {
            if (_subscribed != database)
            {
                (await database.Multiplexer.GetSubscriber().SubscribeAsync(channelIn(database))).OnMessage(Received);
                database.Multiplexer.ConnectionRestored += (_, _) => _hasForgotten = true;
                _subscribed = database;
            }
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private void MarkAway(string reason)
    {
        if (!_isAway)
        {
            _isAway = true;
            LogAway(log, reason);
        }
    }

    private void MarkBack()
    {
        if (_isAway)
        {
            _isAway = false;
            _hasForgotten = true;
            LogBack(log);
        }
    }

    [LoggerMessage(EventId = 520, Level = LogLevel.Warning, Message = "Redis does not carry messages between gateways ({Reason}); sessions are served from here alone")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(EventId = 521, Level = LogLevel.Information, Message = "Redis carries messages between gateways again")]
    private static partial void LogBack(ILogger logger);
}
