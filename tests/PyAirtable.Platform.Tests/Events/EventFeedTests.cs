using System.Globalization;
using System.Text.Json;
using PyAirtable.Hosting.Events;
using PyAirtable.Testing;
using StackExchange.Redis;

namespace PyAirtable.Platform.Tests.Events;

/// <summary>The list of recent events and the event bus, on a real Redis (platform contract 4.5, D-28, D-29).</summary>
public sealed class EventFeedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OneEvent_IsTheHeadOfTheListAndOnTheStream()
    {
        var url = RedisServer.Shared.TakeDatabase();
        await using var host = await PlatformHost.StartAsync(settings: new() { ["REDIS_URL"] = url });
        await using var redis = await ConnectAsync(url);
        await redis.Database.ListLeftPushAsync("recent_events", "{'id': 1, 'event_type': 'of the Python service'}");

        var (_, body, _) = await host.SendAsync("POST", "/analytics/events", """{"event_type":"user_ä","event_data":{"secret":"x"},"session_id":"s"}""");
        await UntilAsync(async () => await redis.Database.ListLengthAsync("recent_events") == 2 && await redis.Database.StreamLengthAsync("events") == 1);

        var stored = JsonElement.Parse(body);
        var expected = $$"""{"id":{{stored.GetProperty("id")}},"event_type":"user_ä","user_id":null,"timestamp":"{{stored.GetProperty("timestamp")}}"}""";
        Assert.Equal(expected, (string?)await redis.Database.ListGetByIndexAsync("recent_events", 0));
        var entry = (await redis.Database.StreamRangeAsync("events")).Single();
        Assert.True(EventEnvelope.TryParse(System.Text.Encoding.UTF8.GetBytes((string)entry["event"]!), out var envelope, out _));
        Assert.Equal(("analytics.event", "platform", $"analytics-event-{stored.GetProperty("id")}"), (envelope.Type, envelope.Source, envelope.Id));
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(envelope.Data.Span));
    }

    [Fact]
    public async Task Post_ManyEvents_ListHasTheNewestHundredAndTheStreamAll()
    {
        var url = RedisServer.Shared.TakeDatabase();
        await using var host = await PlatformHost.StartAsync(settings: new() { ["REDIS_URL"] = url });
        await using var redis = await ConnectAsync(url);
        var longest = 0L;
        var batch = $$"""{"events":[{{string.Join(',', Enumerable.Repeat("""{"event_type":"many"}""", 250))}}]}""";

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SendAsync("POST", "/analytics/events/batch", batch)));
        await UntilAsync(async () =>
        {
            longest = Math.Max(longest, await redis.Database.ListLengthAsync("recent_events"));
            return await redis.Database.StreamLengthAsync("events") == 1000 && await redis.Database.ListLengthAsync("recent_events") == 100;
        });

        Assert.Equal(100, longest);
        var ids = (await redis.Database.ListRangeAsync("recent_events")).Select(static item => JsonElement.Parse((string)item!).GetProperty("id").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(901, 100).Reverse(), ids);
        Assert.Equal(TimeSpan.Zero, await redis.Database.KeyTimeToLiveAsync("recent_events") ?? TimeSpan.Zero);
    }

    [Fact]
    public async Task Post_RedisAway_IsStoredAndCountedAsUntold()
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["REDIS_URL"] = string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{FreePort.Next()}/0") });

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await host.SendAsync("POST", "/analytics/events", """{"event_type":"alone"}""")).Status);
        }

        await UntilAsync(async () => (await host.SendAsync("GET", "/internal/metrics")).Body.Contains("pyairtable_analytics_events_untold_total 3", StringComparison.Ordinal));
        Assert.Single((await host.ReadLogAsync()).Split('\n'), static line => line.Contains("stored events are not told to others", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_WithoutRedis_IsOnTheBusOfTheProcess()
    {
        await using var host = await PlatformHost.StartAsync();
        var seen = new TaskCompletionSource<EventEnvelope>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = host.Process.Events.Subscribe(new EventSubscription { Group = "g" }, (envelope, _) =>
        {
            seen.TrySetResult(envelope);
            return Task.CompletedTask;
        });

        await host.SendAsync("POST", "/analytics/events", """{"event_type":"heard","user_id":3}""");

        var data = JsonElement.Parse((await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Token)).Data.Span);
        Assert.Equal(("heard", 3), (data.GetProperty("event_type").GetString(), data.GetProperty("user_id").GetInt32()));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(10, Token);
        }
    }

    private static async Task<RedisClient> ConnectAsync(string url)
    {
        var address = new Uri(url);
        var multiplexer = await ConnectionMultiplexer.ConnectAsync($"{address.Host}:{address.Port}");
        return new RedisClient(multiplexer, multiplexer.GetDatabase(int.Parse(address.AbsolutePath.AsSpan(1), CultureInfo.InvariantCulture)));
    }

    private sealed record RedisClient(ConnectionMultiplexer Multiplexer, IDatabase Database) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Multiplexer.DisposeAsync();
    }
}
