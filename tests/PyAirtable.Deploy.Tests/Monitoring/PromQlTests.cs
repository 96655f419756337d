namespace PyAirtable.Deploy.Tests.Monitoring;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("up == 0", "up", "")]
    [InlineData("sum by (service, le) (rate(http_requests_total{status=~\"5..\"}[5m])) / 1e9", "http_requests_total", "service,le")]
    [InlineData("group by (job) (max_over_time(up{job=~\"a|b\"}[6h]) == 1) unless group by (job) (up)", "up,up", "job,job")]
    [InlineData("a{x=\"by (not)\"} * on (k) group_left (v) b:c:rate5m or vector(0)", "a,b:c:rate5m", "k,v")]
    [InlineData("time() - process_start_time_seconds{job=~\"x{1,2}\"}", "process_start_time_seconds", "")]
    public void Parse_Expression_FindsMetricsAndGroupingLabels(string expression, string metrics, string grouping)
    {
        var parsed = PromQl.Parse(expression);

        Assert.Equal(metrics, string.Join(',', parsed.Selectors.Select(selector => selector.Metric)));
        Assert.Equal(grouping, string.Join(',', parsed.Grouping));
    }

    [Fact]
    public void Parse_Matchers_AreRead()
    {
        var selector = Assert.Single(PromQl.Parse("rate(m{a=\"x\",b!~\"y|\\\"z}\"}[$__rate_interval])").Selectors);

        Assert.Equal([("a", "=", "x"), ("b", "!~", "y|\\\"z}")], selector.Labels);
    }
}
