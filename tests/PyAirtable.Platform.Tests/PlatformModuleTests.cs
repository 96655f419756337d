using System.Text.Json;

namespace PyAirtable.Platform.Tests;

public sealed class PlatformModuleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenApi_PathsAndMethods_AreTheRoutes()
    {
        await using var host = await PlatformHost.StartAsync();
        var document = JsonElement.Parse((await host.SendAsync("GET", "/openapi.json", headers: "X-API-Key: ")).Body);
        var documented = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        // The document does not tell of itself, nor of the metrics, whose path is a setting.
        var module = (PlatformModule)host.Modules[0];
        var routes = module.Routes.Routes.Concat(module.RoutesV1.Routes).Select(route => $"{route.Method} {route.Template}").Except(["GET /openapi.json", "GET /internal/metrics"]);
        Assert.Equal(routes.Order(), documented.Order());
        Assert.Equal("PyAirtable Platform Services", document.GetProperty("info").GetProperty("title").GetString());
    }

    [Fact]
    public async Task OpenApi_Production_Is404()
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["ENVIRONMENT"] = "production" });

        Assert.Equal(404, (await host.SendAsync("GET", "/openapi.json")).Status);
    }

    [Theory]
    [InlineData("true", "false", "", 401)]
    [InlineData("true", "false", "wrong", 401)]
    [InlineData("true", "false", PlatformHost.Key, 422)]
    [InlineData("true", "true", "", 422)]
    [InlineData("true", "true", "wrong", 401)]
    [InlineData("false", "false", "", 422)]
    [InlineData("false", "false", "wrong", 422)]
    public async Task ApiKey_BySettings_IsAskedForOnBothPaths(string required, string allowMissing, string key, int expected)
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["REQUIRE_API_KEY"] = required, ["API_KEY_ALLOW_MISSING"] = allowMissing });

        Assert.Equal(expected, (await host.SendAsync("POST", "/auth/login", "{}", "X-API-Key: " + key)).Status);
        Assert.Equal(expected, (await host.SendAsync("POST", "/login", "{}", "X-API-Key: " + key)).Status);
        Assert.Equal(200, (await host.SendAsync("GET", "/health", headers: "X-API-Key: " + key)).Status);
    }

    [Theory]
    [InlineData("/internal/metrics")]
    [InlineData("/metrics")]
    public async Task Metrics_AtTheirPath_ArePrometheusText(string path)
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["METRICS_PATH"] = path });
        await host.SendAsync("GET", "/health");

        var (status, body, _) = await host.SendAsync("GET", path, headers: "X-API-Key: ");
        Assert.Equal(200, status);
        Assert.Contains("pyairtable_password_hashes_waiting 0", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_Off_Are404()
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["METRICS_ENABLED"] = "false" });

        Assert.Equal(404, (await host.SendAsync("GET", "/internal/metrics")).Status);
    }

    [Fact]
    public async Task Root_Uptime_IsTold()
    {
        await using var host = await PlatformHost.StartAsync();

        Assert.Matches("""^\{"service":"platform-services","version":"1.0.0","uptime_seconds":\d+(\.\d)?\}$""", (await host.SendAsync("GET", "/")).Body);
    }

    [Fact]
    public async Task Cors_AnyOrigin_HasNoCredentials()
    {
        await using var host = await PlatformHost.StartAsync();

        var (_, _, headers) = await host.SendAsync("GET", "/auth/verify", headers: "Origin: https://a.b");
        Assert.Equal(["*"], headers.GetValues("access-control-allow-origin"));
        Assert.False(headers.Contains("access-control-allow-credentials"));
    }

    [Fact]
    public async Task Cors_ListedOrigin_MayPreflightBeforeHostAndKey()
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["CORS_ORIGINS"] = "https://x.y, https://a.b", ["ALLOWED_HOSTS"] = "elsewhere.example" });

        var (status, body, headers) = await host.SendAsync("OPTIONS", "/auth/login", headers: "Origin: https://a.b\nAccess-Control-Request-Method: POST\nX-API-Key: ");
        Assert.Equal((200, "OK"), (status, body));
        Assert.Equal(["true"], headers.GetValues("access-control-allow-credentials"));
        Assert.Equal((400, "Invalid host header"), Short(await host.SendAsync("GET", "/auth/verify")));
        Assert.Equal(200, (await host.SendAsync("GET", "/health")).Status);
    }

    [Fact]
    public async Task Log_AfterRegistrationAndLogin_HasNoSecret()
    {
        await using var host = await PlatformHost.StartAsync();
        var (token, refresh) = await host.OpenSessionAsync("ada@example.com", "the-pass-word");
        var (_, next) = PlatformHost.Tokens(await host.RefreshAsync(refresh));
        await host.SendAsync("POST", "/api/v1/auth/login", """{"email":"ada@example.com","password":"the-pass-word"}""");
        await host.SendAsync("POST", "/auth/logout", $$"""{"refresh_token":"{{next}}"}""");
        await host.LoginAsync("ada@example.com", "the-pass-word-is-wrong");
        await host.SendAsync("GET", "/auth/verify", headers: "Authorization: Bearer " + token);

        var log = await host.ReadLogAsync();
        Assert.Contains("/auth/login", log, StringComparison.Ordinal);
        Assert.All([token, refresh, next, "the-pass-word", PlatformHost.Key, PlatformHost.Secret, "$2b$"], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Migrate_Twice_WritesEachMigrationOnce()
    {
        await using var host = await PlatformHost.StartAsync();
        using var output = new StringWriter();

        Assert.Equal(0, await host.Modules[0].MigrateAsync(output, Token));
        Assert.Equal("", output.ToString());
    }

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
