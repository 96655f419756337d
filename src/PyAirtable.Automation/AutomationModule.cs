using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Automation;

/// <summary>The automation service.</summary>
public sealed class AutomationModule(AutomationSettings settings, ProcessContext process, Database database) : IServiceModule
{
    private readonly RouteTable _routes = new RouteTable()
        .Get("/health", static request => request.Http.Response.WriteAsync("{}"));

    /// <inheritdoc/>
    public string Name => "automation";

    /// <inheritdoc/>
    public ListenSettings Listen => settings.Listen;

    /// <inheritdoc/>
    public long MaxRequestBodyBytes => 10 * 1024 * 1024;

    /// <inheritdoc/>
    public RequestHandler Handler => _routes.DispatchAsync;

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks => [];

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers => [];

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) => Task.FromResult(process.Settings.IsProduction && database.Engine == DatabaseEngine.Sqlite ? 0 : 0);

    /// <inheritdoc/>
    public Stream OpenOpenApi() => OpenApiDocument.Open<AutomationModule>();
}
