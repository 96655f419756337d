using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Hosting.Tests.Events;

public sealed class InProcessEventBusTests : EventBusConformance, IAsyncLifetime
{
    protected override IEventBus Bus { get; } = new InProcessEventBus(TimeProvider.System, NullLoggerFactory.Instance, capacity: 200);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Bus.DisposeAsync();

    [Fact]
    public async Task Publish_GroupIsFull_IsRefusedForAll()
    {
        await using var bus = new InProcessEventBus(TimeProvider.System, NullLoggerFactory.Instance, capacity: 3);
        var (fast, slow) = (new Seen(), new Seen());
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var subscription1 = bus.Subscribe(Quick("fast"), fast.HandleAsync);
        await using var subscription2 = bus.Subscribe(Quick("slow"), async (envelope, cancelled) =>
        {
            entered.TrySetResult();
            await release.Task;
            await slow.HandleAsync(envelope, cancelled);
        });
        foreach (var id in (string[])["1", "2", "3"])
        {
            await bus.PublishAsync(Event(id), Cancelled);
            await entered.Task;
            await fast.CountAsync(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
        }

        await Assert.ThrowsAsync<EventBusUnavailableException>(async () => await bus.PublishAsync(Event("4"), Cancelled));
        release.SetResult();
        await slow.CountAsync(3);
        Assert.Equal(["1", "2", "3"], slow.Ids);
        Assert.Equal(["1", "2", "3"], fast.Ids);
    }

    [Fact]
    public async Task Publish_GroupWithoutConsumersIsFull_LosesItsOldest()
    {
        await using var bus = new InProcessEventBus(TimeProvider.System, NullLoggerFactory.Instance, capacity: 2);
        var seen = new Seen();
        await bus.Subscribe(Quick("g"), seen.HandleAsync).DisposeAsync();
        foreach (var id in (string[])["1", "2", "3"])
        {
            await bus.PublishAsync(Event(id), Cancelled);
        }

        await using var subscription = bus.Subscribe(Quick("g"), seen.HandleAsync);
        await seen.CountAsync(2);
        Assert.Equal(["2", "3"], seen.Ids);
    }
}
