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
        var (access, refresh) = await host.OpenSessionAsync("ada@example.com");
        var bearer = "Authorization: Bearer " + access;
        await server.StopAsync();

        Assert.Equal((500, """{"detail":"Registration failed"}"""), Short(await host.SendAsync("POST", "/auth/register", """{"email":"b@example.com","password":"longenough"}""")));
        Assert.Equal((500, """{"detail":"Login failed"}"""), Short(await host.LoginAsync("ada@example.com")));
        Assert.Equal((401, """{"detail":"Authentication failed"}"""), Short(await host.SendAsync("GET", "/auth/verify", headers: bearer)));
        Assert.Equal((401, """{"detail":"Authentication failed"}"""), Short(await host.SendAsync("GET", "/profile", headers: bearer)));
        Assert.Equal((500, """{"detail":"Token refresh failed"}"""), Short(await host.RefreshAsync(refresh)));
        Assert.Equal((500, """{"detail":"Failed to logout"}"""), Short(await host.SendAsync("POST", "/auth/logout", $$"""{"refresh_token":"{{refresh}}"}""")));
        Assert.Equal((500, """{"error":"Login failed"}"""), Short(await host.SendAsync("POST", "/api/v1/auth/login", """{"email":"ada@example.com","password":"longenough"}""")));
        Assert.Equal((500, """{"error":"Failed to logout"}"""), Short(await host.SendAsync("POST", "/api/v1/auth/logout", headers: bearer)));
        Assert.Equal((500, """{"error":"Failed to delete user"}"""), Short(await host.SendAsync("DELETE", "/api/v1/users/profile", headers: bearer)));
        Assert.Equal((500, """{"error":"Failed to check admin status"}"""), Short(await host.SendAsync("GET", "/api/v1/admin/users", headers: bearer)));
        Assert.Equal((500, """{"error":"Internal Server Error"}"""), Short(await host.SendAsync("GET", "/api/v1/users/nothing", headers: bearer)));
        var (status, body, _) = await host.SendAsync("GET", "/health");
        Assert.Equal(503, status);
        Assert.Equal("unhealthy", JsonElement.Parse(body).GetProperty("status").GetString());
        Assert.Equal("""{"status":"unhealthy","error":"Database connection failed"}""", JsonElement.Parse(body).GetProperty("components").GetProperty("database").GetRawText());
        using var management = host.ClientOf("management");
        using var ready = await management.GetAsync("/ready", TestContext.Current.CancellationToken);
        Assert.Equal((503, """{"status":"not ready","checks":{"database":"failing"}}"""), ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));

        await server.StartAsync();
        Assert.Equal(200, (await host.SendAsync("GET", "/health")).Status);
        Assert.Equal(200, await host.StatusOfAsync(access));
        Assert.Equal(200, (await host.LoginAsync("ada@example.com")).Status);
        Assert.Equal(200, (await host.RefreshAsync(refresh)).Status);
    }

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
