using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

public sealed class OpenApiTests(PostgresServer server)
{
    [Fact]
    public async Task Document_Paths_AreTheRoutes()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        var document = await host.ReadAsync("GET", "/openapi.json");
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(host.Module.Routes.Routes.Select(route => $"{route.Method} {route.Template}").Order(), described.Order());
        Assert.Equal("PyAirtable Automation Services", document.GetProperty("info").GetProperty("title").GetString());
    }
}
