using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Metrics;

/// <summary>Adding metrics as clients see it, on either engine.</summary>
public abstract class MetricContractTests(PlatformFixture platform)
{
    private ServiceHost Host => platform.Host;

    public static TheoryData<string> Scenarios => Scenario.Names(MetricScenarios.All);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Request_OfScenario_IsAnsweredAsTheContractSays(string name)
    {
        var scenario = MetricScenarios.All.Single(known => known.Name == name);
        var parts = scenario.Request.Split(' ');

        var (status, body, _) = await Host.SendAsync(parts[0], parts[1], scenario.Body, scenario.Headers);

        Assert.Equal((scenario.Status, scenario.Answer), (status, body));
    }

    [Theory]
    [InlineData("""{"metric_name":"a","metric_value":1}""", """{"metric_name":"a","metric_value":1.0,"metric_type":"counter","user_id":null,"service_name":null,"endpoint":null,"labels":{}}""")]
    [InlineData("""{"metric_name":"b","metric_value":"-2.5e-5","metric_type":"","user_id":7,"service_name":"s","endpoint":"/e","labels":{"x": true}}""", """{"metric_name":"b","metric_value":-2.5E-05,"metric_type":"","user_id":7,"service_name":"s","endpoint":"/e","labels":{"x":true}}""")]
    [InlineData("""{"metric_name":"c","metric_value":true,"labels":null}""", """{"metric_name":"c","metric_value":1.0,"metric_type":"counter","user_id":null,"service_name":null,"endpoint":null,"labels":{}}""")]
    public async Task Post_OneMetric_AnswersTheStoredOne(string sent, string members)
    {
        var (status, body, headers) = await Host.SendAsync("POST", "/analytics/metrics", sent);

        Assert.Equal(200, status);
        var id = JsonElement.Parse(body).GetProperty("id").GetInt32();
        Assert.Matches($$"""^\{"id":{{id}},.*,"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?"\}$""", body);
        Assert.StartsWith($$"""{"id":{{id}},{{members[1..^1]}},"timestamp":""", body, StringComparison.Ordinal);
        Assert.False(headers.Contains("Deprecation"));
        Assert.Equal(JsonElement.Parse(body).GetProperty("metric_value").GetDouble(), await platform.ReadAsync($"SELECT metric_value FROM platform_analytics_metrics WHERE id = {id}"));
    }

    [Fact]
    public async Task Post_Batch_StoresAll()
    {
        var (status, body, _) = await Host.SendAsync("POST", "/analytics/metrics/batch", """{"metrics":[{"metric_name":"pair","metric_value":1},{"metric_name":"pair","metric_value":2.5}]}""");

        Assert.Equal((200, """{"message":"Created 2 metrics successfully"}"""), (status, body));
        Assert.Equal(3.5, await platform.ReadAsync("SELECT sum(metric_value) FROM platform_analytics_metrics WHERE metric_name = 'pair'"));
    }

    [Fact]
    public async Task Post_BatchWithOneBadMetric_StoresNone()
    {
        var (status, body, _) = await Host.SendAsync("POST", "/analytics/metrics/batch", """{"metrics":[{"metric_name":"none-of-these","metric_value":1},{"metric_value":2}]}""");

        Assert.Equal((422, """{"detail":[{"type":"missing","loc":["body","metrics",1,"metric_name"],"msg":"Field required","input":{"metric_value":2}}]}"""), (status, body));
        Assert.Equal(0L, await platform.ReadAsync("SELECT count(*) FROM platform_analytics_metrics WHERE metric_name = 'none-of-these'"));
    }
}
