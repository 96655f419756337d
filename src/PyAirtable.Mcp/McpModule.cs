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
using PyAirtable.Mcp.Protocol.Streams;
using PyAirtable.Mcp.Rest;

namespace PyAirtable.Mcp;

/// <summary>The MCP server: tools for Airtable over the Python server's HTTP routes and over the Model Context Protocol.</summary>
public sealed class McpModule : IServiceModule
{
    private const string Endpoint = "/mcp";
    private static readonly string[] Methods = ["GET", "POST", "DELETE", "OPTIONS"];
    private static readonly string[] Headers = ["Content-Type", "Authorization", "X-API-Key", "X-Trace-ID", "Mcp-Session-Id", "MCP-Protocol-Version", "Last-Event-ID"];

    // What is taken over while it runs.
    private static readonly HashSet<string> Reloaded = ["API_KEY", "API_KEYS", "MCP_TOOL_RULES", "MCP_MAX_SESSIONS", "MCP_SESSION_IDLE_TIMEOUT", "MCP_REPLAY_MEMORY"];

    private readonly McpSettings _settings;
    private readonly ClientKeys _keys;
    private readonly McpCore _core;
    private readonly ReplayMemory _replay;
    private readonly Action<int, TimeSpan, IReadOnlySet<int>> _limit;

    /// <summary>Composes the service; nothing connects.</summary>
    public McpModule(McpSettings settings, ProcessContext process)
    {
        _settings = settings;
        _keys = new ClientKeys(settings.ClientKeys);
        var core = _core = process.Own(new McpCore(settings, process.Metrics, process.Clock, process.Log.CreateLogger("mcp")));
        var replay = _replay = new ReplayMemory(settings.ReplayBytes, int.MaxValue);
        var sessions = new SessionBook(settings.MaxSessions, settings.SessionIdleTimeout, replay, process.Clock);
        core.Announce(sessions.AnnounceTools, sessions.Tell);
        process.Metrics.AddGauge("pyairtable_mcp_sessions", "Sessions of the Model Context Protocol that are open.", () => sessions.Count);
        process.Metrics.AddGauge("pyairtable_mcp_sessions_max", "Sessions that may be open.", () => sessions.Most);
        process.Metrics.AddGauge("pyairtable_mcp_sessions_in_use", "Sessions that were used within the last seconds, and are not at rest.", () => sessions.InUse);
        Workers = [sessions];
        _limit = sessions.Limit;

        var origins = new OriginCheck(settings.CorsOrigins);
        var rest = new RestCaller(_keys.Checks, settings.RestRequiresKey, origins);
        var endpoint = new Lazy<McpEndpoint>(() => new McpEndpoint(sessions, core.Options, new SessionAccess(sessions, _keys.Checks, origins), settings.MaxBodyBytes, new DirectCalls(core.Runner), replay, process.Clock));
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
    }

    /// <inheritdoc/>
    public string Name => "mcp";

    /// <inheritdoc/>
    public ListenSettings Listen => _settings.Listen;

    /// <inheritdoc/>
    public ConnectionDelegate WrapConnections(ServiceApplication application, ConnectionDelegate next) => ConnectionTakeover.Wrap(next);

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
    public IEnumerable<SettingEntry> Reload(SettingsReader settings, IReadOnlyList<SettingEntry> changed)
    {
        var mine = changed.Where(static entry => entry.Section == McpSettings.Section && Reloaded.Contains(entry.Name)).ToList();
        if (mine.Count > 0 && settings.Kept<McpSettings>() is { } next)
        {
            // The rules first: no key counts without its rule.
            _keys.Replace(next.ClientKeys, places => _core.Runner.Rules = next.Rules.Moved(places, _core.Runner.Rules));
            _replay.MostBytes = next.ReplayBytes;
            _limit(next.MaxSessions, next.SessionIdleTimeout, _keys.InForce);
        }
        return mine;
    }

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
