using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>What Prometheus' own tool says of the files.</summary>
public sealed class PromtoolTests
{
    [Theory]
    [InlineData("check", "config", "deploy/monitoring/prometheus.yml")]
    [InlineData("check", "rules", "deploy/monitoring/rules/slo.yml", "deploy/monitoring/rules/slo-alerts.yml", "deploy/monitoring/rules/alerts.yml")]
    [InlineData("test", "rules", "deploy/monitoring/tests/slo.yml", "deploy/monitoring/tests/alerts.yml")]
    public async Task Promtool_CommittedFiles_IsContent(params string[] arguments)
    {
        var (code, output, errors) = await ExecutableProcess.RunAsync("promtool", PublishedExecutable.Root, new Dictionary<string, string>(), arguments);

        Assert.True(code == 0, output + errors);
    }
}
