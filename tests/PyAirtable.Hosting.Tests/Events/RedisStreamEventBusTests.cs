using System.Globalization;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Tests.Redis;
using PyAirtable.Testing;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Tests.Events;

public sealed class RedisStreamEventBusTests : EventBusConformance, IAsyncLifetime
{
    private readonly RecordedLogs _logs = new();
    private readonly RedisConnection _redis;

    public RedisStreamEventBusTests()
    {
        _redis = Connections.Open(RedisServer.Shared.TakeDatabase(), _logs);
        Bus = new RedisStreamEventBus(_redis, new RedisStreamOptions(), TimeProvider.System, _logs);
    }

    protected override IEventBus Bus { get; }

    public async ValueTask InitializeAsync() => await Connections.UntilAsync(() => _redis.PingAsync(Cancelled));

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Subscribe_GroupIsNew_StartsWithWhatTheStreamHolds()
    {
        var seen = new Seen();
        await PublishAsync("1", "2");
        await using var subscription = Bus.Subscribe(Quick("g"), seen.HandleAsync);
        await seen.CountAsync(2);
        Assert.Equal(["1", "2"], seen.Ids);
    }

    [Fact]
    public async Task Subscribe_OtherConsumerDiedAfterReading_TakesOverItsEvents()
    {
        var database = await DatabaseAsync();
        await PublishAsync("1", "2", "3");
        await database.StreamCreateConsumerGroupAsync("events", "g", "0");
        Assert.Equal(2, (await database.StreamReadGroupAsync("events", "g", "dead", ">", count: 2)).Length);

        var seen = new Seen();
        await using var subscription = Bus.Subscribe(Quick("g"), seen.HandleAsync);
        await seen.CountAsync(3);
        Assert.Equal(["3", "1", "2"], seen.Ids);
        await SettledAsync("g");
    }

    [Fact]
    public async Task Subscribe_EventKillsItsConsumers_BecomesADeadLetter()
    {
        var database = await DatabaseAsync();
        await PublishAsync("killer");
        await database.StreamCreateConsumerGroupAsync("events", "g", "0");
        var read = await database.StreamReadGroupAsync("events", "g", "dead", ">");
        await database.StreamClaimAsync("events", "g", "dead", 0, [read[0].Id]);

        var seen = new Seen();
        await using var subscription = Bus.Subscribe(Quick("g") with { MaxAttempts = 2 }, seen.HandleAsync);
        var letter = Assert.Single(await DeadAsync(1));
        Assert.Equal("its consumers ended without settling it", letter["reason"]);
        Assert.Empty(seen.Ids);
        await SettledAsync("g");
    }

    [Fact]
    public async Task Handler_AlwaysThrows_EventIsADeadLetterWithTheReason()
    {
        await using var subscription = Bus.Subscribe(
            Quick("g") with { MaxAttempts = 2 },
            (_, _) => throw new InvalidOperationException("out of order"));
        await PublishAsync("bad");
        var letter = Assert.Single(await DeadAsync(1));
        Assert.True(EventEnvelope.TryParse(letter["event"], out var envelope, out _));
        Assert.Equal("bad", envelope.Id);
        Assert.Equal("g", letter["group"]);
        Assert.Equal(2, letter["attempts"]);
        Assert.Equal("InvalidOperationException: out of order", letter["reason"]);
        await SettledAsync("g");
    }

    [Fact]
    public async Task Publish_RawEntryInTheDocumentedForm_IsConsumed()
    {
        var database = await DatabaseAsync();
        await database.ExecuteAsync(
            "XADD", "events", "*", "event", """{"id": "py-1", "type": "row.changed", "source": "python", "time": "2025-01-15T09:31:02.000417+00:00", "data": {"a": 1}}""");
        await database.ExecuteAsync("XADD", "events", "*", "event", "{}");
        await database.ExecuteAsync("XADD", "events", "*", "other", "field");

        var seen = new Seen();
        await using var subscription = Bus.Subscribe(Quick("g"), seen.HandleAsync);
        Assert.Equal(["not an event envelope: no id", "not an event envelope: not valid JSON"], (await DeadAsync(2)).Select(letter => (string?)letter["reason"]));
        await SettledAsync("g");
        Assert.Equal(["py-1"], seen.Ids);
    }

    [Fact]
    public async Task Publish_MoreThanMaxLength_StreamStaysBounded()
    {
        await using var bus = new RedisStreamEventBus(_redis, new RedisStreamOptions { Stream = "short", MaxLength = 100 }, TimeProvider.System, _logs);
        for (var i = 0; i < 1000; i++)
        {
            await bus.PublishAsync(Event(i.ToString(CultureInfo.InvariantCulture)), Cancelled);
        }

        // Trimmed by whole nodes of at most 100 entries.
        Assert.InRange(await (await DatabaseAsync()).StreamLengthAsync("short"), 100, 200);
    }

    [Fact]
    public async Task Dispose_NothingUnsettled_ConsumerLeavesTheGroup()
    {
        var seen = new Seen();
        var subscription = Bus.Subscribe(Quick("g"), seen.HandleAsync);
        await PublishAsync("1");
        await seen.CountAsync(1);
        await subscription.DisposeAsync();
        Assert.Empty(await (await DatabaseAsync()).StreamConsumerInfoAsync("events", "g"));
    }

    [Fact]
    public async Task Publish_RedisRestarts_FailsAtOnceThenConsumerResumes()
    {
        using var server = new RedisServer();
        await using var redis = Connections.Open(server.Url(0), _logs);
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        await using var bus = new RedisStreamEventBus(redis, new RedisStreamOptions(), TimeProvider.System, _logs);
        var seen = new Seen();
        await using var subscription = bus.Subscribe(Quick("g"), seen.HandleAsync);
        await bus.PublishAsync(Event("before"), Cancelled);
        await seen.CountAsync(1);

        server.Stop();
        await Connections.UntilAsync(async () => await redis.GetDatabaseAsync(Cancelled) is null);
        await Assert.ThrowsAsync<EventBusUnavailableException>(async () => await bus.PublishAsync(Event("lost"), Cancelled));

        server.Start();
        await Connections.UntilAsync(() => redis.PingAsync(Cancelled));
        await bus.PublishAsync(Event("after"), Cancelled);
        await seen.CountAsync(2);
        Assert.Equal(["before", "after"], seen.Ids);
    }

    private async Task<IDatabase> DatabaseAsync() => (await _redis.GetDatabaseAsync(Cancelled))!;

    private async Task SettledAsync(string group)
    {
        var database = await DatabaseAsync();
        await Connections.UntilAsync(async () => (await database.StreamPendingAsync("events", group)).PendingMessageCount == 0);
    }

    private async Task<StreamEntry[]> DeadAsync(int count)
    {
        var database = await DatabaseAsync();
        await Connections.UntilAsync(async () => await database.StreamLengthAsync("events:dead") >= count);
        return await database.StreamRangeAsync("events:dead");
    }
}
