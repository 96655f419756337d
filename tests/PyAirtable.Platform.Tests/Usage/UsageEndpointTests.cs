using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Usage;

/// <summary>A user's usage as clients see it (platform contract 1.8 and 4.2), on either engine.</summary>
public abstract class UsageEndpointTests(DatabaseEngine engine, PostgresServer server) : AnalyticsTests(engine, server)
{
    [Theory]
    [InlineData("/analytics/usage/7")]
    [InlineData("/usage/7")]
    public async Task List_OneRow_HasAllItsMembers(string path)
    {
        await AddUsageAsync(new DateTime(2025, 1, 15), calls: 12, tokens: 3400, cost: "0.068");

        Assert.Equal((200, """[{"user_id":7,"api_calls_count":12,"tokens_used":3400,"cost_usd":0.068,"date":"2025-01-15T00:00:00","period_type":"daily"}]"""), await GetAsync(path));
    }

    [Fact]
    public async Task List_UnknownUser_IsEmpty() => Assert.Equal((200, "[]"), await GetAsync("/analytics/usage/2147483647"));

    [Theory]
    [InlineData("x?days=y", """{"type":"int_parsing","loc":["path","user_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},{"type":"int_parsing","loc":["query","days"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"y"}""")]
    [InlineData("7?days=", """{"type":"int_parsing","loc":["query","days"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":""}""")]
    [InlineData("7?days=-1", """{"type":"greater_than_equal","loc":["query","days"],"msg":"Input should be greater than or equal to 0","input":"-1","ctx":{"ge":0}}""")]
    [InlineData("7?days=36501", """{"type":"less_than_equal","loc":["query","days"],"msg":"Input should be less than or equal to 36500","input":"36501","ctx":{"le":36500}}""")]
    [InlineData("7?period_type=a%00", """{"type":"value_error","loc":["query","period_type"],"msg":"Value error, NUL characters are not allowed","input":"a\u0000","ctx":{"error":{}}}""")]
    [InlineData("99999999999", """{"type":"less_than_equal","loc":["path","user_id"],"msg":"Input should be less than or equal to 2147483647","input":"99999999999","ctx":{"le":2147483647}}""")]
    public async Task List_BadParameters_Are422(string path, string faults) =>
        Assert.Equal((422, $$"""{"detail":[{{faults}}]}"""), await GetAsync("/analytics/usage/" + path));

    [Fact]
    public async Task List_NoKey_Is401()
    {
        Assert.Equal((401, """{"detail":"API key required"}"""), await GetAsync("/analytics/usage/x", "X-API-Key: "));
        Assert.Equal((401, """{"detail":"Invalid API key"}"""), await GetAsync("/usage/x", "X-API-Key: wrong"));
    }

    [Theory]
    [InlineData("", "5 4 3 2")]
    [InlineData("days=1", "5 4 3 2")]
    [InlineData("days=0", "5")]
    [InlineData("days=2", "5 4 3 2 1")]
    [InlineData("period_type=monthly", "40")]
    [InlineData("period_type=", "")]
    [InlineData("period_type=Daily", "")]
    public async Task List_Window_HasBothEndsAndNewestFirst(string query, string calls)
    {
        var ago = query.Length > 0 && query[^1] == '2' ? 2 : query == "days=1" ? 1 : 30;
        // One microsecond before the window's start, unless two days are asked for; then the start itself; then two of one date.
        await AddUsageAsync(query == "days=2" ? Now.AddDays(-2) : Now.AddDays(-ago).AddMicroseconds(-1), calls: 1);
        await AddUsageAsync(query == "days=2" ? Now.AddDays(-1) : Now.AddDays(-ago), calls: 2);
        await AddUsageAsync(Now.AddMinutes(-1), calls: 3);
        await AddUsageAsync(Now.AddMinutes(-1), calls: 4);
        await AddUsageAsync(Now, calls: 5);
        await AddUsageAsync(Now.AddMicroseconds(1), calls: 6);
        await AddUsageAsync(Now, user: 8, calls: 30);
        await AddUsageAsync(Now, calls: 40, period: "monthly");

        var (status, body) = await GetAsync("/analytics/usage/7?" + query);

        Assert.Equal(200, status);
        Assert.Equal(calls, string.Join(' ', JsonElement.Parse(body).EnumerateArray().Select(row => row.GetProperty("api_calls_count").GetInt32())));
    }

    [Fact]
    public async Task List_LongerThanOnePage_IsComplete()
    {
        var rows = string.Join(",", Enumerable.Range(0, 2_500).Select(i => $"(7, {i}, 0, 0, '2025-01-15 0{i / 500}:00:00.000000', 'daily', '2025-01-15 00:00:00.000000', '2025-01-15 00:00:00.000000')"));
        await Storage.ExecuteAsync($"INSERT INTO platform_analytics_usage (user_id, api_calls_count, tokens_used, cost_usd, date, period_type, created_at, updated_at) VALUES {rows}");

        var (_, body) = await GetAsync("/analytics/usage/7");

        Assert.Equal(Enumerable.Range(0, 2_500).Reverse(), JsonElement.Parse(body).EnumerateArray().Select(row => row.GetProperty("api_calls_count").GetInt32()));
    }

    [Fact]
    public async Task List_DatabaseFails_Is500WithItsText()
    {
        await Storage.ExecuteAsync("DROP TABLE platform_analytics_usage");

        Assert.Equal((500, """{"detail":"User usage retrieval failed"}"""), await GetAsync("/analytics/usage/7"));
    }
}
