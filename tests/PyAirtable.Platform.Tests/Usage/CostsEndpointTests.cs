using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Usage;

/// <summary>Costs as clients see them (platform contract 1.8 and 4.3), on either engine.</summary>
public abstract class CostsEndpointTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    private const string Period = """{"start_date":"2024-12-16T09:31:02","end_date":"2025-01-15T09:31:02"}""";

    [Theory]
    [InlineData("/analytics/costs")]
    [InlineData("/costs")]
    public async Task Sum_OneRow_HasAllMembers(string path)
    {
        await AddUsageAsync(Now, calls: 12, tokens: 3400, cost: "0.068");

        var (status, body) = await GetAsync(path);

        Assert.Equal(200, status);
        Assert.Equal(
            $$$"""{"summary":{"total_cost_usd":0.068,"total_tokens":3400,"total_api_calls":12,"period_days":30,"cost_per_token":2E-05,"cost_per_api_call":0.0057},"user_breakdown":[{"user_id":7,"total_cost":0.068,"total_tokens":3400,"total_api_calls":12}],"period":{{{Period}}}}""",
            body);
    }

    [Fact]
    public async Task Sum_NoRows_IsZeros() => Assert.Equal(
        (200, $$$"""{"summary":{"total_cost_usd":0,"total_tokens":0,"total_api_calls":0,"period_days":30,"cost_per_token":0,"cost_per_api_call":0},"user_breakdown":[],"period":{{{Period}}}}"""),
        await GetAsync("/analytics/costs"));

    [Theory]
    [InlineData("user_id=x&days=y", """{"type":"int_parsing","loc":["query","user_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},{"type":"int_parsing","loc":["query","days"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"y"}""")]
    [InlineData("days=36501", """{"type":"less_than_equal","loc":["query","days"],"msg":"Input should be less than or equal to 36500","input":"36501","ctx":{"le":36500}}""")]
    [InlineData("user_id=-2147483648", """{"type":"greater_than_equal","loc":["query","user_id"],"msg":"Input should be greater than or equal to -2147483647","input":"-2147483648","ctx":{"ge":-2147483647}}""")]
    public async Task Sum_BadQuery_Is422(string query, string faults) =>
        Assert.Equal((422, $$"""{"detail":[{{faults}}]}"""), await GetAsync("/analytics/costs?" + query));

    [Fact]
    public async Task Sum_NoKey_Is401()
    {
        Assert.Equal((401, """{"detail":"API key required"}"""), await GetAsync("/analytics/costs?days=x", "X-API-Key: "));
        Assert.Equal((401, """{"detail":"Invalid API key"}"""), await GetAsync("/costs?days=x", "X-API-Key: wrong"));
    }

    [Theory]
    [InlineData("", 3.25, 33, "3:2 7:1.25")]
    [InlineData("period_type=", 3.25, 33, "3:2 7:1.25")]
    [InlineData("period_type=monthly", 1, 20, "7:1")]
    [InlineData("user_id=7", 1.25, 31, "7:1.25")]
    [InlineData("user_id=7&period_type=daily", 0.25, 11, "7:0.25")]
    [InlineData("user_id=0", 3.25, 33, "3:2 7:1.25")]
    [InlineData("user_id=9", 0, 0, "")]
    [InlineData("days=0", 1, 20, "7:1")]
    public async Task Sum_Filters_MixPeriodsAndOrderUsers(string query, double cost, int calls, string users)
    {
        await AddUsageAsync(Now.AddDays(-30), calls: 11, cost: "0.25");
        await AddUsageAsync(Now.AddDays(-30).AddMicroseconds(-1), calls: 100, cost: "100");
        await AddUsageAsync(Now, calls: 20, cost: "1", period: "monthly");
        await AddUsageAsync(Now.AddHours(-1), user: 3, calls: 2, cost: "2");
        await AddUsageAsync(Now.AddMicroseconds(1), user: 3, calls: 100, cost: "100");

        var (_, body) = await GetAsync("/analytics/costs?" + query);

        var answer = JsonElement.Parse(body);
        var summary = answer.GetProperty("summary");
        Assert.Equal((cost, calls), (summary.GetProperty("total_cost_usd").GetDouble(), summary.GetProperty("total_api_calls").GetInt32()));
        Assert.Equal(users, string.Join(' ', answer.GetProperty("user_breakdown").EnumerateArray().Select(user => $"{user.GetProperty("user_id")}:{user.GetProperty("total_cost")}")));
    }

    [Fact]
    public async Task Sum_CostThatIsNoNumber_IsIgnored()
    {
        await AddUsageAsync(Now, calls: 2, cost: "0.5");
        await AddUsageAsync(Now, calls: 2, cost: Engine == DatabaseEngine.Sqlite ? "9e999" : "'NaN'");
        await AddUsageAsync(Now, user: 8, calls: 1, cost: Engine == DatabaseEngine.Sqlite ? "-9e999" : "'Infinity'");

        var (status, body) = await GetAsync("/analytics/costs");

        Assert.Equal(200, status);
        Assert.Contains("\"total_cost_usd\":0.5,\"total_tokens\":0,\"total_api_calls\":5", body, StringComparison.Ordinal);
        Assert.Contains("{\"user_id\":8,\"total_cost\":0,", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sum_BeyondThirtyTwoBits_IsExact()
    {
        await AddUsageAsync(Now, calls: int.MaxValue, tokens: int.MaxValue);
        await AddUsageAsync(Now, calls: int.MaxValue, tokens: int.MaxValue);

        Assert.Contains("\"total_tokens\":4294967294,\"total_api_calls\":4294967294", (await GetAsync("/analytics/costs")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sum_DatabaseFails_Is500WithItsText()
    {
        await Storage.ExecuteAsync("DROP TABLE platform_analytics_usage");

        Assert.Equal((500, """{"detail":"Cost analysis failed"}"""), await GetAsync("/analytics/costs"));
    }
}
