using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Events;

/// <summary>
/// Tells others what a service has done, after it is stored. An event that cannot be published is dropped: what happened stands in
/// the database, and no caller waits or fails because a listener cannot be told. The log says so once, and again when it works anew.
/// </summary>
/// <param name="bus">Where events go.</param>
/// <param name="source">Name of the service.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where failures go.</param>
public sealed partial class EventAnnouncer(IEventBus bus, string source, TimeProvider clock, ILogger log)
{
    private volatile bool _failing;

    /// <summary>Publishes an event whose data has the members that <paramref name="write"/> adds. Never throws.</summary>
    public async Task AnnounceAsync<TState>(string type, TState state, Action<Utf8JsonWriter, TState> write, string? traceId = null)
    {
        try
        {
            var data = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(data))
            {
                json.WriteStartObject();
                write(json, state);
                json.WriteEndObject();
            }
            await bus.PublishAsync(EventEnvelope.Create(type, source, data.WrittenMemory, clock, traceId), CancellationToken.None);
            if (_failing)
            {
                _failing = false;
                LogPublishing();
            }
        }
        catch (Exception e)
        {
            if (!_failing)
            {
                _failing = true;
                LogDropping(e.Message);
            }
        }
    }

    [LoggerMessage(EventId = 340, Level = LogLevel.Warning, Message = "events are dropped: {Reason}")]
    private partial void LogDropping(string reason);

    [LoggerMessage(EventId = 341, Level = LogLevel.Information, Message = "events are published again")]
    private partial void LogPublishing();
}
