using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Metrics;

/// <summary>Lists of metrics as clients see them (platform contract 1.7), on either engine.</summary>
public abstract class MetricListEndpointTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    [Theory]
    [InlineData("/analytics/metrics")]
    [InlineData("/metrics")]
    public async Task List_OneMetric_HasAllItsMembers(string path)
    {
        await AddMetricAsync(Now.AddMicroseconds(417), value: "1.5", endpoint: "/auth/login", service: "platform-services", labels: """{"b": 1, "ä": "\u00e9 \"q\""}""");

        Assert.Equal(
            (200, """{"metrics":[{"id":1,"metric_name":"api_calls","metric_value":1.5,"metric_type":"counter","user_id":null,"service_name":"platform-services","endpoint":"/auth/login","labels":{"b":1,"ä":"é \"q\""},"timestamp":"2025-01-15T09:31:02.000417"}],"count":1}"""),
            await GetAsync(path));
    }

    [Fact]
    public async Task List_NoMetrics_IsEmpty() => Assert.Equal((200, """{"metrics":[],"count":0}"""), await GetAsync("/analytics/metrics"));

    [Fact]
    public async Task List_Legacy_IsDeprecated()
    {
        Assert.Equal(["true"], (await HeadersAsync("/metrics")).GetValues("Deprecation"));
        Assert.False((await HeadersAsync("/analytics/metrics")).Contains("Deprecation"));
    }

    [Theory]
    [InlineData("limit=ten", """{"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"ten"}""")]
    [InlineData("limit=", """{"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":""}""")]
    [InlineData("limit=-1", """{"type":"greater_than_equal","loc":["query","limit"],"msg":"Input should be greater than or equal to 0","input":"-1","ctx":{"ge":0}}""")]
    [InlineData("limit=10001", """{"type":"less_than_equal","loc":["query","limit"],"msg":"Input should be less than or equal to 10000","input":"10001","ctx":{"le":10000}}""")]
    [InlineData("user_id=", """{"type":"int_parsing","loc":["query","user_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":""}""")]
    [InlineData("user_id=2147483648", """{"type":"less_than_equal","loc":["query","user_id"],"msg":"Input should be less than or equal to 2147483647","input":"2147483648","ctx":{"le":2147483647}}""")]
    [InlineData("limit=x&metric_name=a%00", """{"type":"value_error","loc":["query","metric_name"],"msg":"Value error, NUL characters are not allowed","input":"a\u0000","ctx":{"error":{}}},{"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}""")]
    public async Task List_BadQuery_Is422(string query, string faults) =>
        Assert.Equal((422, $$"""{"detail":[{{faults}}]}"""), await GetAsync("/analytics/metrics?" + query));

    [Theory]
    [InlineData("/analytics/metrics?limit=ten")]
    [InlineData("/metrics?limit=ten")]
    public async Task List_KeyMissingOrWrong_Is401BeforeTheQueryIsLookedAt(string path)
    {
        Assert.Equal((401, """{"detail":"API key required"}"""), await GetAsync(path, "X-API-Key: "));
        Assert.Equal((401, """{"detail":"Invalid API key"}"""), await GetAsync(path, "X-API-Key: wrong"));
    }

    [Theory]
    [InlineData("", "6 5 4 3 2 1")]
    [InlineData("metric_name=a", "6 4 3 1")]
    [InlineData("metric_name=", "6 5 4 3 2 1")]
    [InlineData("metric_name=A", "")]
    [InlineData("service_name=s", "5 4 3 2")]
    [InlineData("user_id=7", "6 3 2")]
    [InlineData("user_id=0", "6 5 4 3 2 1")]
    [InlineData("metric_name=a&service_name=s", "4 3")]
    [InlineData("metric_name=a&user_id=7", "6 3")]
    [InlineData("service_name=s&user_id=7", "3 2")]
    [InlineData("metric_name=a&service_name=s&user_id=7", "3")]
    [InlineData("metric_name=a&limit=2", "6 4")]
    [InlineData("limit=0", "")]
    [InlineData("limit=5&limit=1&unknown=x", "6")]
    [InlineData("metric_name=%27%20OR%201%3D1%20--", "")]
    public async Task List_Filters_AreCombinedNewestFirst(string query, string ids)
    {
        // Equal times among them: then the higher id is the newer.
        await AddMetricAsync(Now.AddHours(-30), "a");
        await AddMetricAsync(Now, "b", user: 7, service: "s");
        await AddMetricAsync(Now, "a", user: 7, service: "s");
        await AddMetricAsync(Now, "a", user: 8, service: "s");
        await AddMetricAsync(Now.AddSeconds(1), "b", service: "s");
        await AddMetricAsync(Now.AddSeconds(2), "a", user: 7, service: "t");

        var (status, body) = await GetAsync("/analytics/metrics?" + query);

        Assert.Equal(200, status);
        var answer = JsonElement.Parse(body);
        var listed = answer.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("id").GetInt32()).ToList();
        Assert.Equal(ids, string.Join(' ', listed));
        Assert.Equal(listed.Count, answer.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task List_LongerThanOnePiece_IsComplete()
    {
        var rows = string.Join(",", Enumerable.Range(0, 1_234).Select(i => $"('m', {i}, 'counter', '{{\"text\":\"{new string('x', 200)}\"}}', '2025-01-15 09:{i / 300:00}:00.000000')"));
        await Storage.ExecuteAsync($"INSERT INTO platform_analytics_metrics (metric_name, metric_value, metric_type, labels, timestamp) VALUES {rows}");

        var (status, body) = await GetAsync("/analytics/metrics?limit=1200");

        Assert.Equal(200, status);
        Assert.Equal(Enumerable.Range(34, 1_200).Reverse(), JsonElement.Parse(body).GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("metric_value").GetInt32()));
        Assert.EndsWith("\"count\":1200}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ValueThatIsNoNumber_IsNull()
    {
        await AddMetricAsync(Now, value: Engine == DatabaseEngine.Sqlite ? "9e999" : "'NaN'");

        var (status, body) = await GetAsync("/analytics/metrics");

        Assert.Equal(200, status);
        Assert.Contains("\"metric_value\":null", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_DatabaseFails_Is500WithItsText()
    {
        await Storage.ExecuteAsync("DROP TABLE platform_analytics_metrics");

        Assert.Equal((500, """{"detail":"Metrics retrieval failed"}"""), await GetAsync("/analytics/metrics"));
    }
}
