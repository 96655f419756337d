using System.Collections.Concurrent;
using System.Text;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Tests.Redis;

namespace PyAirtable.Hosting.Tests.Events;

/// <summary>What every event bus must do.</summary>
public abstract class EventBusConformance
{
    protected abstract IEventBus Bus { get; }

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected static EventSubscription Quick(string group) => new()
    {
        Group = group,
        RetryDelay = TimeSpan.FromMilliseconds(20),
        VisibilityTimeout = TimeSpan.FromMilliseconds(600),
    };

    protected static EventEnvelope Event(string id, string type = "test.happened") =>
        EventEnvelope.Create(type, "tests", Encoding.UTF8.GetBytes($"\"{id}\""), TimeProvider.System, "trace") with { Id = id };

    protected async Task PublishAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await Bus.PublishAsync(Event(id), Cancelled);
        }
    }

    [Fact]
    public async Task Publish_OneSubscriber_ReceivesTheWholeEnvelopesInOrder()
    {
        var seen = new Seen();
        await using var subscription = Bus.Subscribe(Quick("g"), seen.HandleAsync);
        await PublishAsync("1", "2", "3");
        await seen.CountAsync(3);
        Assert.Equal(["1", "2", "3"], seen.Ids);
        var first = seen.Events.First();
        Assert.Equal(("test.happened", "tests", "trace", "\"1\""), (first.Type, first.Source, first.TraceId, Encoding.UTF8.GetString(first.Data.Span)));
    }

    [Fact]
    public async Task Publish_ManyAtOnce_AreReceivedInOrder()
    {
        var seen = new Seen();
        await using var subscription = Bus.Subscribe(Quick("g"), seen.HandleAsync);
        await Bus.PublishAsync([Event("1"), Event("2", "test.other"), Event("3")], Cancelled);
        await seen.CountAsync(3);
        Assert.Equal(["1", "2", "3"], seen.Ids);
        Assert.Equal(["test.happened", "test.other", "test.happened"], seen.Events.Select(static envelope => envelope.Type));
    }

    [Fact]
    public async Task Publish_TwoGroups_EachReceivesEachEvent()
    {
        var (one, two) = (new Seen(), new Seen());
        await using var subscription1 = Bus.Subscribe(Quick("one"), one.HandleAsync);
        await using var subscription2 = Bus.Subscribe(Quick("two"), two.HandleAsync);
        await PublishAsync("1", "2");
        await one.CountAsync(2);
        await two.CountAsync(2);
        Assert.Equal(one.Ids, two.Ids);
    }

    [Fact]
    public async Task Publish_TwoConsumersOfAGroup_ShareTheEvents()
    {
        var both = new Seen();
        var ids = Enumerable.Range(0, 100).Select(i => $"{i}").ToArray();
        await using var subscription1 = Bus.Subscribe(Quick("g") with { Concurrency = 3 }, both.HandleAsync);
        await using var subscription2 = Bus.Subscribe(Quick("g") with { Concurrency = 3 }, both.HandleAsync);
        await PublishAsync(ids);
        await both.CountAsync(100);
        Assert.Equal(ids.Order(), both.Ids.Order());
    }

    [Fact]
    public async Task Publish_OtherType_IsSettledUnseen()
    {
        var seen = new Seen();
        await using var subscription = Bus.Subscribe(Quick("g") with { Types = new HashSet<string> { "wanted" } }, seen.HandleAsync);
        await Bus.PublishAsync(Event("1", "unwanted"), Cancelled);
        await Bus.PublishAsync(Event("2", "wanted"), Cancelled);
        await seen.CountAsync(1);
        Assert.Equal(["2"], seen.Ids);
    }

    [Fact]
    public async Task Handler_ThrowsTwice_EventComesAgainAndOthersPassMeanwhile()
    {
        var seen = new Seen();
        var failures = 0;
        await using var subscription = Bus.Subscribe(Quick("g"), (envelope, cancelled) =>
            envelope.Id == "bad" && Interlocked.Increment(ref failures) <= 2
                ? throw new InvalidOperationException("not yet")
                : seen.HandleAsync(envelope, cancelled));
        await PublishAsync("bad", "good");
        await seen.CountAsync(2);
        Assert.Equal(["good", "bad"], seen.Ids);
        Assert.Equal(3, failures);
    }

    [Fact]
    public async Task Handler_AlwaysThrows_GivesUpAfterMaxAttempts()
    {
        var seen = new Seen();
        var attempts = 0;
        await using var subscription = Bus.Subscribe(Quick("g") with { MaxAttempts = 3 }, (envelope, cancelled) =>
            envelope.Id == "bad" && Interlocked.Increment(ref attempts) > 0
                ? throw new InvalidOperationException("never")
                : seen.HandleAsync(envelope, cancelled));
        await PublishAsync("bad");
        await Connections.UntilAsync(() => Task.FromResult(attempts == 3));
        await PublishAsync("good");
        await seen.CountAsync(1);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Handler_LongerThanVisibilityTimeout_IsNotRepeated()
    {
        var seen = new Seen();
        var release = new TaskCompletionSource();
        var calls = 0;
        async Task HandleAsync(EventEnvelope envelope, CancellationToken cancelled)
        {
            Interlocked.Increment(ref calls);
            if (envelope.Id == "long")
            {
                await release.Task;
            }

            await seen.HandleAsync(envelope, cancelled);
        }

        await using var subscription1 = Bus.Subscribe(Quick("g"), HandleAsync);
        await using var subscription2 = Bus.Subscribe(Quick("g"), HandleAsync);
        await PublishAsync("long");
        await Connections.UntilAsync(() => Task.FromResult(calls == 1));
        await Task.Delay(TimeSpan.FromSeconds(2), Cancelled);
        release.SetResult();
        await PublishAsync("next");
        await seen.CountAsync(2);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Dispose_HandlerInFlight_WaitsForItAndLeavesTheRestToOthers()
    {
        var (first, second) = (new Seen(), new Seen());
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var subscription = Bus.Subscribe(Quick("g"), async (envelope, cancelled) =>
        {
            entered.TrySetResult();
            await release.Task;
            await first.HandleAsync(envelope, cancelled);
        });
        await PublishAsync("1", "2", "3");
        await entered.Task;
        var stopping = subscription.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping;
        Assert.Equal(["1"], first.Ids);

        await using var other = Bus.Subscribe(Quick("g"), second.HandleAsync);
        await second.CountAsync(2);
        Assert.Equal(["2", "3"], second.Ids);
    }

    [Fact]
    public async Task Dispose_HandlerNeverEnds_CancelsItAndOthersTakeTheEvent()
    {
        var seen = new Seen();
        var entered = new TaskCompletionSource();
        var subscription = Bus.Subscribe(Quick("g") with { DrainTimeout = TimeSpan.FromMilliseconds(50) }, async (_, cancelled) =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
        });
        await PublishAsync("1");
        await entered.Task;
        await subscription.DisposeAsync();

        await using var other = Bus.Subscribe(Quick("g"), seen.HandleAsync);
        await seen.CountAsync(1);
        Assert.Equal(["1"], seen.Ids);
    }

    [Fact]
    public async Task Dispose_Bus_StopsItsSubscriptions()
    {
        var seen = new Seen();
        Bus.Subscribe(Quick("g"), seen.HandleAsync);
        await PublishAsync("1");
        await seen.CountAsync(1);
        await Bus.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => PublishAsync("2"));
        Assert.Throws<ObjectDisposedException>(() => Bus.Subscribe(Quick("g"), seen.HandleAsync));
        Assert.Equal(["1"], seen.Ids);
    }

    /// <summary>The events that a handler has seen.</summary>
    protected sealed class Seen
    {
        private readonly ConcurrentQueue<EventEnvelope> _events = new();

        public IEnumerable<EventEnvelope> Events => _events;

        public IEnumerable<string> Ids => _events.Select(envelope => envelope.Id);

        public Task HandleAsync(EventEnvelope envelope, CancellationToken cancelled)
        {
            _events.Enqueue(envelope);
            return Task.CompletedTask;
        }

        public Task CountAsync(int count) => Connections.UntilAsync(() => Task.FromResult(_events.Count >= count));
    }
}
