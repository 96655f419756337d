using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>A real Prometheus scrapes the services and works with the committed rules and panels.</summary>
public sealed class PrometheusTests(RunningServices services)
{
    [Fact]
    public async Task Scrape_ServicesRunning_AllTargetsAreUpAndSharesAreRecorded()
    {
        await services.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(services.Management);

        await Eventually.TrueAsync(async () =>
        {
            var targets = (await prometheus.GetAsync("/api/v1/targets")).GetProperty("activeTargets").EnumerateArray().ToList();
            return targets.Count == services.Management.Count + 1 && targets.TrueForAll(target => Text(target, "health") == "up");
        });
        await Eventually.TrueAsync(async () => (await prometheus.QueryAsync("service:request_errors:share_rate5m{service=\"gateway\"}")).GetArrayLength() == 1);
        await Eventually.TrueAsync(async () => (await prometheus.GetAsync("/api/v1/rules")).GetProperty("groups").EnumerateArray()
            .SelectMany(group => group.GetProperty("rules").EnumerateArray()).All(rule => Text(rule, "health") == "ok"));
        foreach (var expression in MonitoringFiles.Expressions)
        {
            await prometheus.QueryAsync(expression.Text);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
