using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Events;

/// <summary>Adding events as clients see it, on either engine.</summary>
public abstract class EventContractTests(PlatformFixture platform)
{
    private ServiceHost Host => platform.Host;

    public static TheoryData<string> Scenarios => Scenario.Names(EventScenarios.All);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Request_OfScenario_IsAnsweredAsTheContractSays(string name)
    {
        var scenario = EventScenarios.All.Single(known => known.Name == name);
        var parts = scenario.Request.Split(' ');

        var (status, body, _) = await Host.SendAsync(parts[0], parts[1], scenario.Body, scenario.Headers);

        Assert.Equal((scenario.Status, scenario.Answer), (status, body));
    }

    [Theory]
    [InlineData("""{"event_type":"a"}""", """{"event_type":"a","event_data":{},"user_id":null,"session_id":null}""")]
    [InlineData("""{"event_type":"","event_data":null,"user_id":null,"session_id":null}""", """{"event_type":"","event_data":{},"user_id":null,"session_id":null}""")]
    [InlineData("""{"event_type":"ä😀","event_data":{ "b": [1, 2.5, "\u00e4"] },"user_id":"7","session_id":"s","other":1}""", """{"event_type":"ä😀","event_data":{"b":[1,2.5,"ä"]},"user_id":7,"session_id":"s"}""")]
    [InlineData("""{"event_type":"a","user_id":-2147483647.0}""", """{"event_type":"a","event_data":{},"user_id":-2147483647,"session_id":null}""")]
    public async Task Post_OneEvent_AnswersTheStoredOne(string sent, string members)
    {
        foreach (var path in (string[])["/analytics/events", "/events"])
        {
            var (status, body, headers) = await Host.SendAsync("POST", path, sent);

            Assert.Equal(200, status);
            var id = JsonElement.Parse(body).GetProperty("id").GetInt32();
            Assert.Matches($$"""^\{"id":{{id}},.*,"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?"\}$""", body);
            Assert.StartsWith($$"""{"id":{{id}},{{members[1..^1]}},"timestamp":""", body, StringComparison.Ordinal);
            Assert.Equal(path == "/events", headers.Contains("Deprecation"));
            Assert.Equal(1L, await platform.ReadAsync($"SELECT count(*) FROM platform_analytics_events WHERE id = {id}"));
        }
    }

    [Theory]
    [InlineData("203.0.113.9, 10.0.0.1", "203.0.113.9")]
    [InlineData(" 2001:db8::1 ", "2001:db8::1")]
    [InlineData("0000000000000000000000000000000000000000000000", "127.0.0.1")]
    [InlineData("somewhere", "127.0.0.1")]
    public async Task Post_ForwardedFor_IsStoredIfItIsAnAddress(string sent, string stored)
    {
        var (status, body, _) = await Host.SendAsync("POST", "/analytics/events", """{"event_type":"address"}""", "X-Forwarded-For: " + sent + "\nUser-Agent: Ägent/1.0");

        Assert.Equal(200, status);
        var row = $"FROM platform_analytics_events WHERE id = {JsonElement.Parse(body).GetProperty("id")}";
        Assert.Equal(stored, await platform.ReadAsync("SELECT ip_address " + row));
        Assert.Equal("Ägent/1.0", await platform.ReadAsync("SELECT user_agent " + row));
    }

    [Fact]
    public async Task Post_WithoutUserAgent_IsStoredAsUnknown()
    {
        var (_, body, _) = await Host.SendAsync("POST", "/analytics/events", """{"event_type":"agent"}""");

        Assert.Equal("unknown", await platform.ReadAsync($"SELECT user_agent FROM platform_analytics_events WHERE id = {JsonElement.Parse(body).GetProperty("id")}"));
    }

    [Fact]
    public async Task Post_Batch_StoresAllInOrder()
    {
        var events = string.Join(',', Enumerable.Range(0, 1500).Select(static i => $$$"""{"event_type":"batch","event_data":{"n":{{{i}}}},"user_id":{{{i}}}}"""));

        var (status, body, _) = await Host.SendAsync("POST", "/analytics/events/batch", $$"""{"events":[{{events}}]}""");

        Assert.Equal((200, """{"message":"Created 1500 events successfully"}"""), (status, body));
        Assert.Equal(1500L, await platform.ReadAsync("SELECT count(*) FROM platform_analytics_events WHERE event_type = 'batch'"));
        Assert.Equal(0L, await platform.ReadAsync("SELECT count(*) FROM platform_analytics_events a JOIN platform_analytics_events b ON b.user_id = a.user_id + 1 AND b.event_type = 'batch' AND b.id <= a.id WHERE a.event_type = 'batch'"));
    }

    [Fact]
    public async Task Post_BatchWithOneBadEvent_StoresNone()
    {
        Assert.Equal(422, (await Host.SendAsync("POST", "/analytics/events/batch", """{"events":[{"event_type":"none-of-these"},{"event_type":1}]}""")).Status);

        Assert.Equal(0L, await platform.ReadAsync("SELECT count(*) FROM platform_analytics_events WHERE event_type = 'none-of-these'"));
    }

    [Fact]
    public async Task Post_ManyAtOnce_EachIsAnsweredWithItsOwnRow()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Host.SendAsync("POST", "/analytics/events", $$"""{"event_type":"crowd","user_id":{{i}}}""")));

        var ids = answers.Select(static answer => JsonElement.Parse(answer.Body)).ToDictionary(static body => body.GetProperty("user_id").GetInt32(), static body => body.GetProperty("id").GetInt32());
        Assert.Equal(300, ids.Values.Distinct().Count());
        foreach (var (user, id) in ids)
        {
            Assert.Equal(1L, await platform.ReadAsync($"SELECT count(*) FROM platform_analytics_events WHERE id = {id} AND user_id = {user}"));
        }
    }

    [Fact]
    public async Task Metrics_AfterAnEvent_TellOfTheTransaction()
    {
        await Host.SendAsync("POST", "/analytics/events", """{"event_type":"counted"}""");

        var (_, text, _) = await Host.SendAsync("GET", "/internal/metrics");
        Assert.Matches("""pyairtable_ingestion_batch_rows_count\{table="events"\} [1-9]""", text);
        Assert.Matches("""pyairtable_ingestion_commit_seconds_count\{table="events"\} [1-9]""", text);
        Assert.Contains("""pyairtable_ingestion_waiting_rows{table="events"} 0""", text, StringComparison.Ordinal);
        Assert.Contains("""pyairtable_ingestion_refused_rows_total{table="events",reason="busy"} 0""", text, StringComparison.Ordinal);
    }
}
