using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Transport;
using PyAirtable.Mcp.Protocol;
using PyAirtable.Mcp.Rest;

namespace PyAirtable.Mcp;

/// <summary>The MCP server: tools for Airtable over the Python server's HTTP routes and over the Model Context Protocol.</summary>
public sealed class McpModule : IServiceModule
{
    private const string Endpoint = "/mcp";
    private static readonly string[] Methods = ["GET", "POST", "DELETE", "OPTIONS"];
    private static readonly string[] Headers = ["Content-Type", "Authorization", "X-API-Key", "X-Trace-ID", "Mcp-Session-Id", "MCP-Protocol-Version", "Last-Event-ID"];

    private readonly McpSettings _settings;
    private readonly ApiKeys _keys;

    /// <summary>Composes the service; nothing connects.</summary>
    public McpModule(McpSettings settings, ProcessContext process)
    {
        _settings = settings;
        _keys = new ApiKeys(settings.ClientKeys);
        var core = process.Own(new McpCore(settings, process.Metrics, process.Clock, process.Log.CreateLogger("mcp")));
        var sessions = new SessionBook(settings.MaxSessions, settings.SessionIdleTimeout, process.Clock);
        core.Catalog.Changed = sessions.AnnounceTools;
        process.Metrics.AddGauge("pyairtable_mcp_sessions", "Sessions of the Model Context Protocol that are open.", () => sessions.Count);
        Workers = [sessions];

        var origins = new OriginCheck(settings.CorsOrigins);
        var rest = new RestCaller(_keys, settings.RestRequiresKey, origins);
        var endpoint = new Lazy<McpEndpoint>(() => new McpEndpoint(sessions, core.Options, _keys, origins, settings.MaxBodyBytes, new DirectCalls(core.Runner), process.Clock));
        Routes = new RouteTable()
            .Get("/health", new HealthEndpoint(settings.Version).GetAsync)
            .Get("/tools", rest.Wrap(new ToolListEndpoint(core.Runner).GetAsync))
            .Post("/tools/call", rest.Wrap(new ToolCallEndpoint(core.Runner, settings.MaxBodyBytes).PostAsync))
            .Post("/tools/execute", rest.Wrap(new ToolExecuteEndpoint(core.Runner, settings.MaxBodyBytes).PostAsync))
            .Get("/metrics", new MetricsEndpoint(process.Metrics).GetAsync)
            .Get("/openapi.json", OpenApiDocument.GetAsync<McpModule>)
            .Post(Endpoint, request => endpoint.Value.PostAsync(request))
            .Get(Endpoint, request => endpoint.Value.GetAsync(request))
            .Delete(Endpoint, request => endpoint.Value.DeleteAsync(request));
        var cors = new Cors(new CorsOptions { Origins = settings.CorsOrigins, Methods = Methods, Headers = Headers, Credentials = !settings.CorsOrigins.Contains("*"), ExposedHeaders = ["Mcp-Session-Id"] });
        Handler = cors.Wrap(Traced(Routes.DispatchAsync));
        Transport = new EpollTransport(process.Loops);
    }

    /// <inheritdoc/>
    public string Name => "mcp";

    /// <inheritdoc/>
    public ListenSettings Listen => _settings.Listen;

    /// <inheritdoc/>
    public IConnectionListenerFactory? Transport { get; }

    /// <inheritdoc/>
    public long MaxRequestBodyBytes => _settings.MaxBodyBytes;

    /// <inheritdoc/>
    public RequestHandler Handler { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks => [];

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers { get; }

    /// <summary>All routes.</summary>
    internal RouteTable Routes { get; }

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) => Task.FromResult(0);

    /// <inheritdoc/>
    public Stream OpenOpenApi() => OpenApiDocument.Open<McpModule>();

    // Upstreams echo the trace id (upstream contract 0).
    private static RequestHandler Traced(RequestHandler next) => request =>
    {
        request.Http.Response.Headers["X-Trace-ID"] = request.TraceId;
        return next(request);
    };
}
