using System.Net;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

/// <summary>What <c>GET /health</c> says when something is not well (automation contract 6).</summary>
public sealed class ServiceEndpointsTests(PostgresServer server)
{
    [Fact]
    [Contract("D4")]
    public async Task Health_SchedulerStopped_SaysSoAndIsStill200()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        await host.Module.Workers.OfType<Scheduler>().Single().StopAsync(TestContext.Current.CancellationToken);

        var health = await host.ReadAsync("GET", "/health");

        Assert.Equal(("healthy", "unhealthy"), (health.GetProperty("status").GetString(), health.GetProperty("components").GetProperty("scheduler").GetString()));
    }

    [Fact]
    [Contract("D4")]
    public async Task Health_DatabaseGone_Is503UntilItIsBack()
    {
        await using var own = new PostgresServer();
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.PostgreSql, own);
        await own.StopAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"detail":"Service unavailable"}"""), await host.SendAsync("GET", "/health"));

        await own.StartAsync();

        await Eventually.TrueAsync(async () => (await host.SendAsync("GET", "/health")).Status == HttpStatusCode.OK);
    }
}
