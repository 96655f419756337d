using System.Net;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Documentation;

public sealed class DocumentationPageTests(PostgresServer server)
{
    [Fact]
    public async Task Page_Asked_ListsTheRoutes()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);

        using var answer = await host.Client.GetAsync("/docs", TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.All(host.Module.Routes.Routes, route => Assert.Contains($"<code>{route.Method} {route.Template}</code>", page, StringComparison.Ordinal));
    }
}
