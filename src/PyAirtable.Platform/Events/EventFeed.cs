using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Prometheus;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Serving;
using StackExchange.Redis;

namespace PyAirtable.Platform.Events;

/// <summary>
/// Tells others of events that are stored, beside the requests: the list of recent events in Redis and the event bus. What cannot be
/// told is dropped and counted; nothing is kept for later and nobody waits.
/// </summary>
internal sealed partial class EventFeed : IAsyncDisposable
{
    /// <summary>Type of the bus's events.</summary>
    public const string Type = "analytics.event";

    private const int Capacity = 8192;
    private const int LargestBatch = 128;
    private const int UsualBytes = 160;

    private readonly RedisConnection? _redis;
    private readonly IEventBus _bus;
    private readonly Counter _dropped;
    private readonly ILogger _log;
    private readonly Channel<StoredEvent> _waiting = Channel.CreateBounded<StoredEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Lazy<Task> _telling;
    private volatile bool _closed;
    private bool _failing;

    /// <summary>Nothing runs before the first event. It ends with the process.</summary>
    public EventFeed(ProcessContext process)
    {
        (_redis, _bus) = (process.Redis, process.Events);
        _log = process.Log.CreateLogger("platform");
        _dropped = process.Metrics.Factory.CreateCounter("pyairtable_analytics_events_untold_total", "Events that are stored, but missing on the event bus or in the list of recent events.");
        _telling = new(() => Task.Run(TellAsync));
        process.Own(this);
    }

    /// <summary>Takes events that were stored, oldest first. Returns at once.</summary>
    public void Post(IReadOnlyList<AnalyticsEvent> stored)
    {
        _ = _telling.Value;
        foreach (var each in stored)
        {
            if (!_waiting.Writer.TryWrite(new(each.Id, each.EventType, each.UserId, each.Timestamp)))
            {
                _dropped.Inc();
            }
        }
    }

    /// <summary>Tells what waits, then ends; unless nobody could be told of late.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        _waiting.Writer.TryComplete();
        if (_telling.IsValueCreated)
        {
            await _telling.Value;
        }
    }

    private async Task TellAsync()
    {
        List<StoredEvent> batch = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            if (!_closed || !_failing)
            {
                await TellAsync(batch);
            }

            batch.Clear();
        }
    }

    private async Task TellAsync(List<StoredEvent> batch)
    {
        try
        {
            var data = ToJson(batch);
            await Task.WhenAll(PushAsync(data), PublishAsync(batch, data));
            NoteTelling();
        }
        catch (Exception error)
        {
            _dropped.Inc(batch.Count);
            NoteDropping(error.Message);
        }
    }

    private async Task PushAsync(List<ReadOnlyMemory<byte>> data)
    {
        if (_redis is not null && await _redis.GetDatabaseAsync(CancellationToken.None) is { } database)
        {
            await RecentEvents.PushAsync(database, data);
        }
    }

    // The row's number makes the id: consumers tell a repeat by it.
    private Task PublishAsync(List<StoredEvent> batch, List<ReadOnlyMemory<byte>> data) => _bus.PublishAsync(
        [.. batch.Zip(data, static (stored, json) => new EventEnvelope
        {
            Id = $"analytics-event-{stored.Id}",
            Type = Type,
            Source = "platform",
            Time = new DateTimeOffset(stored.Timestamp, TimeSpan.Zero),
            Data = json,
        })],
        CancellationToken.None).AsTask();

    // All in one piece of memory.
    private static List<ReadOnlyMemory<byte>> ToJson(List<StoredEvent> batch)
    {
        var buffer = new ArrayBufferWriter<byte>(batch.Count * UsualBytes);
        using var json = new Utf8JsonWriter(buffer, JsonAnswer.Compact);
        List<int> ends = [0];
        foreach (var stored in batch)
        {
            json.WriteStartObject();
            EventJson.WriteBriefMembers(json, stored);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            ends.Add(buffer.WrittenCount);
        }

        return [.. ends.Zip(ends.Skip(1), (from, to) => buffer.WrittenMemory[from..to])];
    }

    private void NoteDropping(string reason)
    {
        if (!_failing)
        {
            _failing = true;
            LogDropping(reason);
        }
    }

    private void NoteTelling()
    {
        if (_failing)
        {
            _failing = false;
            LogTelling();
        }
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "stored events are not told to others: {Reason}")]
    private partial void LogDropping(string reason);

    [LoggerMessage(EventId = 131, Level = LogLevel.Information, Message = "stored events are told to others again")]
    private partial void LogTelling();
}
