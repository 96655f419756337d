using System.Text.Json;

namespace PyAirtable.Mcp.Tests;

public sealed class McpModuleTests
{
    [Fact]
    public async Task OpenApi_PathsAndMethods_AreTheRoutes()
    {
        await using var host = await McpHost.StartAsync();
        using var answer = await host.SendAsync("GET", "/openapi.json");
        var document = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        var documented = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(host.Module.Routes.Routes.Select(route => $"{route.Method} {route.Template}").Order(), documented.Order());
    }

    [Fact]
    public async Task Cors_PageOfAnAllowedOrigin_MayReadTheSession()
    {
        await using var host = await McpHost.StartAsync();

        using var answer = await host.SendAsync("OPTIONS", "/mcp", null, "Origin: http://localhost:3000", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: mcp-session-id, x-api-key");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("http://localhost:3000", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }
}
