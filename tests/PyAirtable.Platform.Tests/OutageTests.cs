using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

public sealed class OutageTests
{
    [Fact]
    public async Task Requests_DatabaseGone_HaveTheContractsAnswersAndRecover()
    {
        await using var server = new PostgresServer();
        await using var host = await PlatformHost.StartAsync(await server.CreateDatabaseAsync());
        var bearer = "Authorization: Bearer " + await host.RegisterAsync("ada@example.com");
        await server.StopAsync();

        Assert.Equal((500, """{"detail":"Registration failed"}"""), Short(await host.SendAsync("POST", "/auth/register", """{"email":"b@example.com","password":"longenough"}""")));
        Assert.Equal((500, """{"detail":"Login failed"}"""), Short(await host.LoginAsync("ada@example.com")));
        Assert.Equal((401, """{"detail":"Authentication failed"}"""), Short(await host.SendAsync("GET", "/auth/verify", headers: bearer)));
        Assert.Equal((401, """{"detail":"Authentication failed"}"""), Short(await host.SendAsync("GET", "/profile", headers: bearer)));
        var (status, body, _) = await host.SendAsync("GET", "/health");
        Assert.Equal(503, status);
        Assert.Equal("unhealthy", JsonElement.Parse(body).GetProperty("status").GetString());
        Assert.Equal("""{"status":"unhealthy","error":"Database connection failed"}""", JsonElement.Parse(body).GetProperty("components").GetProperty("database").GetRawText());
        using var management = host.ClientOf("management");
        using var ready = await management.GetAsync("/ready", TestContext.Current.CancellationToken);
        Assert.Equal((503, """{"status":"not ready","checks":{"database":"failing"}}"""), ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));

        await server.StartAsync();
        Assert.Equal(200, (await host.SendAsync("GET", "/health")).Status);
        Assert.Equal(200, (await host.LoginAsync("ada@example.com")).Status);
    }

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
