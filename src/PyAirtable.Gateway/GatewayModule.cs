using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Airtable;
using PyAirtable.Gateway.Chat;
using PyAirtable.Gateway.Compression;
using PyAirtable.Gateway.Documentation;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.FastPath;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Health;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Landing;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.Sessions;
using PyAirtable.Gateway.Tools;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway;

/// <summary>The gateway service: one front for all others. Two contract families share its port, see <see cref="GoFamily"/> and
/// <see cref="PythonFamily"/>; a request's path decides which of them answers.</summary>
public sealed class GatewayModule : IServiceModule
{
    private readonly GatewaySettings _settings;
    private readonly PythonFamily _python;
    private readonly GoFamily _go;
    private readonly FastPath.FastPath _fast;
    private readonly SessionSockets _sockets;
    private readonly RequestHandler _http;

    /// <summary>Composes the gateway; nothing connects.</summary>
    public GatewayModule(GatewaySettings settings, ProcessContext process)
    {
        _settings = settings;
        var log = process.Log.CreateLogger("gateway");
        var keys = new ApiKeys(settings.ClientKeys);
        var callers = new Callers(keys, settings.Tokens is { } tokens ? new VerifiedTokens(tokens, process.Clock) : null);
        var limiter = CreateLimiter(settings, process);
        var limit = new RateLimit(limiter, new LimitKeys(settings, callers));
        var loops = process.Own(new EventLoops(Environment.ProcessorCount));
        var client = process.Own(new UpstreamClient(settings.Llm.Timeouts.Connect));
        var policies = new UpstreamPolicies(settings.AllUpstreams, settings.Upstreams, process, log);
        var plain = new Http1Client(loops, policies);

        var caller = new UpstreamCaller(plain, client, policies);
        _sockets = new SessionSockets(settings, keys, caller, process);

        _python = new PythonFamily(settings, keys, settings.LimitsPythonRoutes ? limit : null, log);
        MapPython(settings, process, caller, policies, log);

        var errors = new GoErrors(process.Clock);
        var prefixes = Prefixes(settings, process, client, policies, new Http1Forwarder(plain, settings.TrustForwardedFor));
        _go = new GoFamily(settings, callers, prefixes, MapPages(settings, process, errors), errors, limit, log);
        _http = RequestIds.Wrap(settings.Compression ? ResponseCompression.Wrap(Choose) : Choose);
        Handler = AnswerAsync;
        Transport = new EpollTransport(loops);
        _fast = new FastPath.FastPath(FastPathOptions.Of(settings, prefixes), settings.RequireApiKey ? keys : null, settings.ApiKey, limiter, _go.CommonHeaders(), plain, process);
    }

    /// <inheritdoc/>
    public string Name => "gateway";

    /// <inheritdoc/>
    public ListenSettings Listen => _settings.Listen;

    /// <inheritdoc/>
    public IConnectionListenerFactory? Transport { get; }

    /// <inheritdoc/>
    public ConnectionDelegate WrapConnections(ServiceApplication application, ConnectionDelegate next) => _fast.Wrap(application, next);

    /// <inheritdoc/>
    public long MaxRequestBodyBytes => _settings.MaxBodyBytes;

    /// <inheritdoc/>
    public RequestHandler Handler { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks => [];

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers => [_sockets.Watch];

    /// <summary>Sends to the WebSocket clients of sessions.</summary>
    internal ISessionMessages Messages => _sockets.Messages;

    /// <summary>All routes, as method and template.</summary>
    internal IEnumerable<(string Method, string Template)> Routes =>
        _python.Routes.Routes.Select(route => (route.Method, route.Template)).Concat(_go.Routes).Append(("GET", WebSocketEndpoint.Path));

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) => Task.FromResult(0);

    /// <inheritdoc/>
    public Stream OpenOpenApi() => new MemoryStream(ProductDocument.Merge(indented: true));

    // Handshakes pass none of the policies of the HTTP routes; those on the plain proxy routes are the upstream's.
    private Task AnswerAsync(RequestContext request) =>
        WebSocketEndpoint.IsHandshake(request.Http) && !_go.Owns(RawTarget.Of(request.Http)) ? _sockets.Endpoint.AnswerAsync(request) : _http(request);

    private Task Choose(RequestContext request)
    {
        var target = RawTarget.Of(request.Http);
        return _go.Owns(target) ? _go.Handler(request) : _python.Handler(request);
    }

    private void MapPython(GatewaySettings settings, ProcessContext process, UpstreamCaller caller, UpstreamPolicies policies, ILogger log)
    {
        var relay = new Relay(caller, settings.ApiKey, log);
        var health = new UpstreamHealth(caller, policies, [settings.Airtable, settings.Mcp, settings.Llm], settings.HealthCheckTimeout, _sockets.Statistics.Read, process.Clock);
        _python.Routes
            .Get("/", LandingPage.GetAsync)
            .Get("/api/health", health.GetAsync)
            .Get("/api/websocket/stats", _python.WithKey(_sockets.Statistics.GetAsync));
        new DocumentationEndpoints().MapTo(_python.Routes);

        var airtable = new AirtableEndpoint(relay, settings.Airtable);
        const string AirtablePath = "/api/airtable/{*path}";
        _python.Routes
            .Get(AirtablePath, _python.WithKeyOrQuery(airtable.AskAsync))
            .Delete(AirtablePath, _python.WithKeyOrQuery(airtable.AskAsync))
            .Post(AirtablePath, _python.WithKeyOrQuery(airtable.SendAsync))
            .Put(AirtablePath, _python.WithKeyOrQuery(airtable.SendAsync))
            .Map("PATCH", AirtablePath, _python.WithKeyOrQuery(airtable.SendAsync));

        var messages = _sockets.Messages;
        var streams = new StreamRelay(caller, relay, log);
        var sessions = new SessionEndpoint(relay, settings.Llm);
        _python.Routes
            .Post("/api/chat", _python.WithKey(new ChatEndpoint(relay, streams, settings.Llm, messages, process.Clock).PostAsync))
            .Get("/api/tools", _python.WithKey(new ToolListEndpoint(relay, settings.Llm).GetAsync))
            .Post("/api/execute-tool", _python.WithKey(new ToolCallEndpoint(relay, streams, settings.Llm, settings.Mcp, messages, process.Clock).PostAsync))
            .Get("/api/sessions/{session_id}/history", _python.WithKey(sessions.GetHistoryAsync))
            .Delete("/api/sessions/{session_id}", _python.WithKey(sessions.DeleteAsync));
    }

    private static RouteTable MapPages(GatewaySettings settings, ProcessContext process, GoErrors errors)
    {
        var health = new GatewayHealth(process.Clock);
        var pages = new RouteTable(errors.WriteMethodNotAllowedAsync, errors.WriteMethodNotAllowedAsync) { RedirectsTrailingSlash = false };
        Add("/health", health.GetAsync);
        Add("/ready", health.GetAsync);
        if (settings.MetricsPath is { } path)
        {
            Add(path, new MetricsEndpoint(process.Metrics).GetAsync);
        }
        return pages;

        void Add(string path, RequestHandler page) => pages.Get(path, page).Map("HEAD", path, page);
    }

    private static List<PrefixRoute> Prefixes(GatewaySettings settings, ProcessContext process, UpstreamClient client, UpstreamPolicies policies, Http1Forwarder plain)
    {
        var other = process.Own(new RemoteForwarder(client, policies, settings.Llm.Timeouts.Silence, settings.TrustForwardedFor));
        var remote = new PlainOrOtherForwarder(plain, other);
        var local = new LocalForwarder(process, settings.TrustForwardedFor);
        return
        [
            Route("/api/llm", settings.Llm),
            Route("/api/mcp", settings.Mcp),
            Route("/api/platform", settings.Platform),
            Route("/api/automation", settings.Automation),
        ];

        PrefixRoute Route(string prefix, Upstream upstream) => new(prefix, upstream, upstream.LocalService is null ? remote : local);
    }

    private static IRateLimiter CreateLimiter(GatewaySettings settings, ProcessContext process)
    {
        // Unless chosen otherwise, as many as a minute allows may come at once, as with the Go gateway's window.
        var options = new RateLimitOptions(settings.RequestsPerMinute, settings.RateLimitBurst);
        var local = new LocalRateLimiter(options, process.Clock);
        return process.Redis is { } redis ? new RedisRateLimiter(redis, local, options, process.Clock, process.Log) : local;
    }
}
