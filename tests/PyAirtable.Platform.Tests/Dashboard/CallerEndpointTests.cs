using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Rollups;
using PyAirtable.Platform.Tokens;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

/// <summary>What a caller and an admin see below <c>/api/v1</c> (platform contract 8.4 and 8.5), on either engine.</summary>
public abstract class CallerEndpointTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    private CallerEndpoint Endpoint => new(new CallerStore(Storage.Database), new ManualTime());

    [Fact]
    public async Task List_Events_AreTheCallersNewestFirst()
    {
        await AddEventAsync(Now, "page_view", user: 7, data: """{"path": "/home"}""");
        await AddEventAsync(Now.AddMicroseconds(417), "user_login", user: 7, session: "s");
        await AddEventAsync(Now, "page_view", user: 8);

        Assert.Equal(
            (200, """[{"id":"2","user_id":7,"event_name":"user_login","properties":{},"timestamp":"2025-01-15T09:31:02.000417Z","session_id":"s","ip_address":"","user_agent":"","created_at":"2025-01-15T09:31:02.000417Z"},{"id":"1","user_id":7,"event_name":"page_view","properties":{"path":"/home"},"timestamp":"2025-01-15T09:31:02Z","session_id":"","ip_address":"","user_agent":"","created_at":"2025-01-15T09:31:02Z"}]"""),
            await AskAsync("", request => Endpoint.ListAsync(request, CallerOf(7))));
        Assert.Equal((200, "[]"), await AskAsync("", request => Endpoint.ListAsync(request, CallerOf(9))));
    }

    [Theory]
    [InlineData("", 100, 220)]
    [InlineData("?limit=205", 205, 220)]
    [InlineData("?limit=1000&offset=110", 110, 110)]
    [InlineData("?offset=220", 0, 0)]
    public async Task List_LimitAndOffset_CutTheList(string query, int count, int first)
    {
        var rows = string.Join(",", Enumerable.Range(1, 220).Select(i => $"(7, 'a', '{{}}', '2025-01-15 09:00:{i % 7:00}.000000')"));
        await Storage.ExecuteAsync($"INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp) VALUES {rows}");
        var expected = Enumerable.Range(1, 220).OrderByDescending(id => id % 7).ThenByDescending(id => id).Skip(220 - first).Take(count);

        var (_, body) = await AskAsync(query, request => Endpoint.ListAsync(request, CallerOf(7)));

        Assert.Equal(expected, System.Text.Json.JsonElement.Parse(body).EnumerateArray().Select(listed => int.Parse(listed.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?offset=-1")]
    [InlineData("?limit=x")]
    public async Task List_BadQuery_Is400(string query) =>
        Assert.Equal((400, """{"error":"Invalid query parameter"}"""), await AskAsync(query, request => Endpoint.ListAsync(request, CallerOf(7))));

    [Fact]
    public async Task GetDashboard_RowsOfSeveralUsers_CountsTheCallers()
    {
        await AddEventAsync(Now, "page_view", user: 7);
        await AddEventAsync(Now.AddHours(-24), "user_login", user: 7);
        await AddEventAsync(Now.AddHours(-24).AddMicroseconds(-1), "user_login", user: 7);
        await AddEventAsync(Now, "page_view", user: 8);
        await AddMetricAsync(Now, value: "12.5", user: 7, endpoint: "/a");
        await AddMetricAsync(Now, value: "100", user: 8, endpoint: "/b");
        await AddUsageAsync(Now.AddHours(-24).Date, cost: "0.068");
        await AddUsageAsync(Now, user: 8, cost: "100");

        var (status, body) = await AskAsync("", request => Endpoint.GetDashboardAsync(request, CallerOf(7)));

        Assert.Equal(200, status);
        Assert.StartsWith("""{"user_id":7,"period_hours":24,"total_events":2,"total_api_calls":12,"total_cost":0.068,"events_by_name":[{"event_name":"page_view","count":1},{"event_name":"user_login","count":1}],"top_endpoints":[{"endpoint":"/a","count":1}],"recent_events":[{"id":"1","user_id":7,"event_name":"page_view",""", body);
        Assert.Equal((400, """{"error":"Invalid query parameter"}"""), await AskAsync("?hours=-1", request => Endpoint.GetDashboardAsync(request, CallerOf(7))));
    }

    [Fact]
    public async Task GetSummary_RollUpsAndRows_CountsAllTime()
    {
        await Host.RegisterAsync("ada@example.com");
        await AddEventAsync(Now.AddYears(-1), "user_login", user: 1);
        await AddEventAsync(Now, "page_view", user: 2);
        await AddMetricAsync(Now.AddYears(-1), value: "2.5");
        await AddUsageAsync(Now.AddYears(-1), cost: "4.25");
        using var metrics = new ServiceMetrics(TimeProvider.System);
        using var rollups = new RollupWorker(Storage.Database, metrics, TimeProvider.System, NullLogger.Instance);
        await rollups.CatchUpAsync(0, Token);
        await AddEventAsync(Now, "user_login", user: 2);
        await AddMetricAsync(Now, value: "1");
        await AddMetricAsync(Now, name: "other", value: "1");
        var summary = new SummaryEndpoint(new SummaryStore(Storage.Database, new DashboardStore(Storage.Database)), new ManualTime());

        Assert.Equal(
            (200, """{"total_users":1,"active_users":1,"total_events":3,"events_last_24h":2,"total_api_calls":3.5,"total_cost":4.25,"top_events":[{"event_name":"user_login","count":2},{"event_name":"page_view","count":1}],"generated_at":"2025-01-15T09:31:02Z"}"""),
            await AskAsync("", summary.GetAsync));
    }

    private static Caller CallerOf(int id) => new(new User { Id = id }, new TokenClaims(id, null, null, null, null, 0), Guid.Empty);

    private static async Task<(int Status, string Body)> AskAsync(string query, RequestHandler handler)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        http.Response.Body = body;
        await handler(new RequestContext { Http = http });
        await http.Response.BodyWriter.FlushAsync(Token);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
