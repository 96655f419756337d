using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Dashboard;

/// <summary>The dashboard as clients see it (platform contract 1.8 and 4.4), on either engine.</summary>
public abstract class DashboardEndpointTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    private const string Path = "/analytics/dashboard";

    [Fact]
    public async Task Get_NoRows_IsZeros() => Assert.Equal(
        (200, """{"total_events":0,"active_users":0,"total_api_calls":0,"total_cost":0,"top_endpoints":[],"recent_events":[]}"""),
        await GetAsync(Path));

    [Fact]
    public async Task Get_SomeRows_HasAllMembers()
    {
        await AddEventAsync(Now.AddMicroseconds(417), "user_login", user: 7, data: """{"source": "web"}""");
        await AddMetricAsync(Now, value: "12.9", endpoint: "/auth/login");
        await AddUsageAsync(new DateTime(2025, 1, 14), cost: "0.068");

        Assert.Equal(
            (200, """{"total_events":1,"active_users":1,"total_api_calls":12,"total_cost":0.068,"top_endpoints":[{"endpoint":"/auth/login","count":1}],"recent_events":[{"id":1,"event_type":"user_login","event_data":{"source":"web"},"user_id":7,"session_id":null,"timestamp":"2025-01-15T09:31:02.000417"}]}"""),
            await GetAsync(Path));
    }

    [Fact]
    public async Task Get_WindowEdges_CountFromTheMomentAndCostsFromMidnight()
    {
        var start = Now.AddHours(-24);
        await AddEventAsync(start.AddMicroseconds(-1), user: 1);
        await AddEventAsync(start, user: 2);
        await AddEventAsync(Now.AddYears(1), user: 2);
        await AddMetricAsync(start.AddMicroseconds(-1), value: "100", endpoint: "/old");
        await AddMetricAsync(start, value: "2.5", endpoint: "/b");
        await AddMetricAsync(Now, value: "1.4", endpoint: "/a");
        await AddMetricAsync(Now, name: "other", value: "50", endpoint: "/b");
        await AddMetricAsync(Now, name: "other", value: "50", endpoint: "/c");
        await AddMetricAsync(Now, name: "other", value: "50");
        await AddUsageAsync(start.Date, cost: "0.25");
        await AddUsageAsync(start.Date.AddMicroseconds(-1), cost: "100");
        await AddUsageAsync(Now.AddDays(1), cost: "0.5", period: "monthly");

        Assert.StartsWith(
            """{"total_events":2,"active_users":1,"total_api_calls":3,"total_cost":0.75,"top_endpoints":[{"endpoint":"/b","count":2},{"endpoint":"/a","count":1},{"endpoint":"/c","count":1}],"recent_events":[{"id":3,""",
            (await GetAsync(Path)).Body);
        Assert.Contains("\"total_cost\":0.25,", (await GetAsync(Path + "?period_type=daily")).Body, StringComparison.Ordinal);
        Assert.Contains("\"total_cost\":0.75,", (await GetAsync(Path + "?period_type=")).Body, StringComparison.Ordinal);
        Assert.StartsWith("""{"total_events":1,"active_users":1,"total_api_calls":1,"total_cost":0.5,""", (await GetAsync(Path + "?hours=0")).Body);
        Assert.StartsWith("""{"total_events":3,"active_users":2,"total_api_calls":103,"total_cost":100.75,""", (await GetAsync(Path + "?hours=876000")).Body);
    }

    [Fact]
    public async Task Get_ManyRows_ListsTenEventsAndFiveEndpoints()
    {
        for (var i = 1; i <= 12; i++)
        {
            await AddEventAsync(i < 6 ? Now : Now.AddSeconds(-i));
        }

        for (var i = 1; i <= 7; i++)
        {
            await AddMetricAsync(Now, endpoint: "/" + (char)('h' - i));
        }

        var answer = JsonElement.Parse((await GetAsync(Path)).Body);
        Assert.Equal([5, 4, 3, 2, 1, 6, 7, 8, 9, 10], answer.GetProperty("recent_events").EnumerateArray().Select(listed => listed.GetProperty("id").GetInt32()));
        Assert.Equal(["/a", "/b", "/c", "/d", "/e"], answer.GetProperty("top_endpoints").EnumerateArray().Select(entry => entry.GetProperty("endpoint").GetString()!));
    }

    [Fact]
    public async Task Get_ValuesThatCannotBeSummed_AreIgnored()
    {
        await AddMetricAsync(Now, value: "4");
        await AddMetricAsync(Now, value: Engine == DatabaseEngine.Sqlite ? "9e999" : "'NaN'");
        await AddMetricAsync(Now, value: "1e308");
        await AddMetricAsync(Now, value: "1e308");
        await AddUsageAsync(Now, cost: "0.5");
        await AddUsageAsync(Now, cost: Engine == DatabaseEngine.Sqlite ? "9e999" : "'NaN'");

        Assert.StartsWith("""{"total_events":0,"active_users":0,"total_api_calls":4,"total_cost":0.5,""", (await GetAsync(Path)).Body);
    }

    [Theory]
    [InlineData("2e17", "200000000000000000")]
    [InlineData("1e23", "99999999999999991611392")]
    [InlineData("-3.9", "-3")]
    [InlineData("-0.5", "0")]
    public async Task Get_ApiCalls_AreCutToAnInteger(string value, string expected)
    {
        await AddMetricAsync(Now, value: value);

        Assert.Contains($"\"total_api_calls\":{expected},", (await GetAsync(Path)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hours=1.5", """{"type":"int_parsing","loc":["query","hours"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"1.5"}""")]
    [InlineData("hours=-1", """{"type":"greater_than_equal","loc":["query","hours"],"msg":"Input should be greater than or equal to 0","input":"-1","ctx":{"ge":0}}""")]
    [InlineData("hours=876001", """{"type":"less_than_equal","loc":["query","hours"],"msg":"Input should be less than or equal to 876000","input":"876001","ctx":{"le":876000}}""")]
    public async Task Get_BadQuery_Is422(string query, string faults) =>
        Assert.Equal((422, $$"""{"detail":[{{faults}}]}"""), await GetAsync($"{Path}?{query}"));

    [Fact]
    public async Task Get_NoKey_Is401() => Assert.Equal((401, """{"detail":"API key required"}"""), await GetAsync(Path + "?hours=x", "X-API-Key: "));

    [Fact]
    public async Task Get_DatabaseFails_Is500WithItsText()
    {
        await Storage.ExecuteAsync("DROP TABLE platform_analytics_usage");

        Assert.Equal((500, """{"detail":"Dashboard metrics retrieval failed"}"""), await GetAsync(Path));
    }
}
