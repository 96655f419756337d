using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

/// <summary>API key and host check.</summary>
public sealed class PolicyTests(PostgresServer server) : IAsyncLifetime
{
    private AutomationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, new() { ["API_KEY"] = "right", ["ALLOWED_HOSTS"] = "127.0.0.1,*.example.com", ["ALLOWED_ORIGINS"] = "[\"https://a.example.com\"]" });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [Contract("D25")]
    [InlineData("GET", "/files", null, 401, """{"detail":"API key required"}""")]
    [InlineData("GET", "/files", "", 401, """{"detail":"API key required"}""")]
    [InlineData("GET", "/files", "wrong", 401, """{"detail":"Invalid API key"}""")]
    [InlineData("POST", "/files/upload", null, 401, """{"detail":"API key required"}""")]
    [InlineData("GET", "/files", "right", 200, """{"files":[],"total":0,"skip":0,"limit":100}""")]
    [InlineData("GET", "/files/stats/summary", null, 401, """{"detail":"API key required"}""")]
    public async Task Key_Set_IsWantedOnAllButTheOpenRoutes(string method, string path, string? key, int status, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        }
        using var answer = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, body), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [Contract("D25")]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/openapi.json")]
    [InlineData("/docs")]
    public async Task Key_NotSent_OpenRoutesAnswer(string path) => Assert.Equal(200, (int)(await _host.SendAsync("GET", path)).Status);

    [Theory]
    [InlineData("other.org", 400, "Invalid host header")]
    [InlineData("x.example.com:80", 401, """{"detail":"API key required"}""")]
    public async Task Host_List_IsHeld(string host, int status, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/files");
        request.Headers.Host = host;
        using var answer = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, body), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Preflight_OtherOrigin_IsRefusedWithoutKey()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/files");
        request.Headers.Add("Origin", "https://b.example.com");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((400, "Disallowed CORS origin"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
