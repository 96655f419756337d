using System.Globalization;
using System.Text;
using PyAirtable.Load.Http;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Catalog;

/// <summary>What is done with analytics: events one by one and in batches, the dashboard.</summary>
internal sealed class EventActions(SystemUnderTest system)
{
    /// <summary>Events of a batch.</summary>
    public const int BatchSize = 100;

    private readonly DataFeed<byte[]> _events = DataFeed<byte[]>.Circular([.. Enumerable.Range(0, 100).Select(number => Encoding.ASCII.GetBytes(Event(number)))]);
    private readonly byte[] _batch = Encoding.ASCII.GetBytes($$"""{"events":[{{string.Join(',', Enumerable.Range(0, BatchSize).Select(Event))}}]}""");

    /// <summary>One event, on disk before it is acknowledged.</summary>
    public async ValueTask SendOneAsync(ScenarioContext context) =>
        await Step.SendAsync("event", context, system.Client, HttpCall.Post("/api/platform/analytics/events", _events.GetNextItem()));

    /// <summary>A hundred.</summary>
    public async ValueTask SendBatchAsync(ScenarioContext context) =>
        await Step.SendAsync("event batch", context, system.Client, HttpCall.Post("/api/platform/analytics/events/batch", _batch));

    /// <summary>The dashboard of the last hour.</summary>
    public async ValueTask DashboardAsync(ScenarioContext context) =>
        await Step.SendAsync("dashboard", context, system.Client, HttpCall.Get("/api/platform/analytics/dashboard?hours=1"));

    private static string Event(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"event_type":"{{(number % 3 == 0 ? "page_view" : "record_opened")}}","event_data":{"path":"/tables/{{number}}","referrer":"https://example.com/"},"user_id":{{(number % 50) + 1}},"session_id":"0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a{{number % 90 + 10}}"}""");
}
