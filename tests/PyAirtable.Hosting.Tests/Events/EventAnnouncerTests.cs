using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Logging;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Events;

public sealed class EventAnnouncerTests
{
    [Fact]
    public async Task Announce_Listener_GetsTypeSourceAndData()
    {
        await using var bus = new FlakyBus();
        await Announcer(bus, new CapturedStream()).AnnounceAsync("file.processed", 7, static (json, id) => json.WriteNumber("file_id"u8, id), "trace");

        var heard = Assert.Single(bus.Heard);
        Assert.Equal(("file.processed", "automation", "trace", """{"file_id":7}"""), (heard.Type, heard.Source, heard.TraceId, System.Text.Encoding.UTF8.GetString(heard.Data.Span)));
    }

    [Fact]
    public async Task Announce_BusAway_SaysSoOnceAndAgainWhenBack()
    {
        await using var bus = new FlakyBus();
        var output = new CapturedStream();
        await using var sink = new LogSink(new LogOptions(Microsoft.Extensions.Logging.LogLevel.Information, LogFormat.Json), output, TimeProvider.System);
        var announcer = new EventAnnouncer(bus, "automation", TimeProvider.System, sink.CreateLogger("events"));

        foreach (var away in (bool[])[true, true, false, false, true])
        {
            bus.IsAway = away;
            await announcer.AnnounceAsync("t", 0, static (_, _) => { });
        }

        await sink.FlushAsync();
        Assert.Equal(2, output.Text.Split("events are dropped").Length - 1);
        Assert.Equal(1, output.Text.Split("events are published again").Length - 1);
        Assert.Equal(2, bus.Heard.Count);
    }

    private static EventAnnouncer Announcer(FlakyBus bus, Stream output) => new(
        bus, "automation", TimeProvider.System, new LogSink(new LogOptions(Microsoft.Extensions.Logging.LogLevel.Information, LogFormat.Json), output, TimeProvider.System).CreateLogger("events"));

    private sealed class FlakyBus : IEventBus
    {
        public List<EventEnvelope> Heard { get; } = [];

        public bool IsAway { get; set; }

        public ValueTask PublishAsync(EventEnvelope e, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new InvalidOperationException("away");
            }
            Heard.Add(e);
            return ValueTask.CompletedTask;
        }

        public IAsyncDisposable Subscribe(EventSubscription subscription, Func<EventEnvelope, CancellationToken, Task> handler) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
