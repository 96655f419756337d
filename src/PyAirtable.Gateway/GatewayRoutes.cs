using PyAirtable.Gateway.Airtable;
using PyAirtable.Gateway.Chat;
using PyAirtable.Gateway.Compression;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Cutover.Administration;
using PyAirtable.Gateway.Cutover.Shadow;
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
using PyAirtable.Gateway.WebSockets.Sources;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway;

/// <summary>The gateway's routes with the policies around them, as one reading of the settings wants them. Other settings get others: a
/// request ends with those that it began with.</summary>
internal sealed class GatewayRoutes
{
    private readonly GatewayCore _core;
    private readonly PythonFamily _python;
    private readonly GoFamily _go;
    private readonly RequestHandler _http;
    private readonly UpstreamPolicies _policies;
    private readonly UpstreamCaller _caller;
    private readonly IReadOnlyList<RouteGroup> _groups;
    private readonly SplitRoutes? _split;

    /// <summary>Composes them; nothing connects.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="core">What stays.</param>
    /// <param name="before">Those of the settings of before; null at the start.</param>
    public GatewayRoutes(GatewaySettings settings, GatewayCore core, GatewayRoutes? before = null)
    {
        (Settings, _core) = (settings, core);
        var process = core.Process;
        var callers = new Callers(core.Keys, settings.Tokens is { } tokens ? new VerifiedTokens(tokens, process.Clock) : null, process.RevokedTokens);
        var limiter = core.LimiterFor(settings);
        var limit = new RateLimit(limiter, new LimitKeys(settings, callers), settings.RateLimitBurst);
        _policies = before?._policies.With(settings.AllUpstreams, settings.Upstreams) ?? new UpstreamPolicies(settings.AllUpstreams, settings.Upstreams, process, core.Log);
        var plain = new Http1Client(core.Loops, _policies);
        _caller = new UpstreamCaller(plain, core.Client, _policies);
        _groups = core.Split.Prepare(settings.Cutover);
        _split = _groups.Count == 0 ? null : new SplitRoutes(
            settings.Cutover, _groups, new ClientBuckets(callers, settings.TrustedPeers), new ShadowTraffic(settings.Cutover.Shadow, core.Split.Findings, process.Clock));

        _python = new PythonFamily(settings, core.Keys, settings.LimitsPythonRoutes ? limit : null, core.Log);
        MapPython();

        var errors = new GoErrors(process.Clock);
        var prefixes = Prefixes(new Http1Forwarder(plain, settings.TrustedPeers));
        _go = new GoFamily(settings, callers, prefixes, MapPages(errors), errors, limit, core.Log);
        _http = RequestIds.Wrap(settings.Compression ? ResponseCompression.Wrap(Choose) : Choose);
        Fast = new FastPath.FastPath(FastPathOptions.Of(settings, prefixes), settings.RequireApiKey ? core.Keys : null, settings.ApiKey, limiter, _go.CommonHeaders(), plain, core.Sockets.Endpoint, process);
    }

    /// <summary>The settings.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>The plain proxy routes on bytes.</summary>
    public FastPath.FastPath Fast { get; }

    /// <summary>All routes, as method and template.</summary>
    public IEnumerable<(string Method, string Template)> All =>
        _python.Routes.Routes.Select(route => (route.Method, route.Template)).Concat(_go.Routes).Append(("GET", WebSocketEndpoint.Path));

    /// <summary>Tells what stays that these are in force.</summary>
    public void Enter()
    {
        _core.Keys.Replace(Settings.ClientKeys);
        _core.Client.Use(Settings.Llm.Timeouts.Connect);
        _core.Split.Enter(Settings.Cutover, _groups);
        _core.Sockets.Use(Settings.WebSockets, PolledUpstreams.Of(Settings, _caller));
    }

    /// <summary>Gives up what <paramref name="successor"/> does not go on with, when that is in force.</summary>
    public void GiveWayTo(GatewayRoutes successor) => _policies.GiveWayTo(successor._policies);

    /// <summary>Answers a request. Handshakes pass none of the policies of the HTTP routes; those on the plain proxy routes are the upstream's.</summary>
    public Task AnswerAsync(RequestContext request) =>
        WebSocketEndpoint.IsHandshake(request.Http) && !_go.Owns(RawTarget.Of(request.Http)) ? _core.Sockets.Endpoint.AnswerAsync(request) : _http(request);

    private Task Choose(RequestContext request)
    {
        var target = RawTarget.Of(request.Http);
        return _go.Owns(target) ? _go.Handler(request) : _python.Handler(request);
    }

    private void MapPython()
    {
        var (settings, sockets, clock) = (Settings, _core.Sockets, _core.Process.Clock);
        var relay = new Relay(_caller, settings.ApiKey, _split, _core.Log);
        var health = new UpstreamHealth(_caller, _policies, [settings.Airtable, settings.Mcp, settings.Llm], settings.HealthCheckTimeout, sockets.Statistics.Read, clock);
        _python.Routes
            .Get("/", LandingPage.GetAsync)
            .Get("/api/health", health.GetAsync)
            .Get("/api/websocket/stats", _python.WithKey(sockets.Statistics.GetAsync));
        _core.Documentation.MapTo(_python.Routes);
        if (settings.Cutover.AdminKey.Length > 0)
        {
            new CutoverEndpoint(_core.Split, settings.Cutover.AdminKey).MapTo(_python.Routes);
        }

        var airtable = new AirtableEndpoint(relay, settings.Airtable);
        const string AirtablePath = "/api/airtable/{*path}";
        _python.Routes
            .Get(AirtablePath, _python.WithKeyOrQuery(airtable.AskAsync))
            .Delete(AirtablePath, _python.WithKeyOrQuery(airtable.AskAsync))
            .Post(AirtablePath, _python.WithKeyOrQuery(airtable.SendAsync))
            .Put(AirtablePath, _python.WithKeyOrQuery(airtable.SendAsync))
            .Map("PATCH", AirtablePath, _python.WithKeyOrQuery(airtable.SendAsync));

        var messages = sockets.Messages;
        var streams = new StreamRelay(_caller, relay, _split, _core.Log);
        var sessions = new SessionEndpoint(relay, settings.Llm);
        _python.Routes
            .Post("/api/chat", _python.WithKey(new ChatEndpoint(relay, streams, settings.Llm, messages, clock).PostAsync))
            .Get("/api/tools", _python.WithKey(new ToolListEndpoint(relay, settings.Llm).GetAsync))
            .Post("/api/execute-tool", _python.WithKey(new ToolCallEndpoint(relay, streams, settings.Llm, settings.Mcp, messages, clock).PostAsync))
            .Get("/api/sessions/{session_id}/history", _python.WithKey(sessions.GetHistoryAsync))
            .Delete("/api/sessions/{session_id}", _python.WithKey(sessions.DeleteAsync));
    }

    private RouteTable MapPages(GoErrors errors)
    {
        var pages = new RouteTable(errors.WriteMethodNotAllowedAsync, errors.WriteMethodNotAllowedAsync) { RedirectsTrailingSlash = false };
        Add("/health", _core.Health.GetAsync);
        Add("/ready", _core.Health.GetAsync);
        if (Settings.MetricsPath is { } path)
        {
            Add(path, new MetricsEndpoint(_core.Process.Metrics).GetAsync);
        }
        return pages;

        void Add(string path, RequestHandler page) => pages.Get(path, page).Map("HEAD", path, page);
    }

    private List<PrefixRoute> Prefixes(Http1Forwarder plain)
    {
        var settings = Settings;
        var other = new RemoteForwarder(_core.Yarp, _core.Client, _policies, settings.Llm.Timeouts.Silence, settings.TrustedPeers);
        var remote = new PlainOrOtherForwarder(plain, other);
        var local = new LocalForwarder(_core.Process, settings.TrustedPeers);
        return
        [
            Route("/api/llm", settings.Llm),
            Route("/api/mcp", settings.Mcp),
            Route("/api/platform", settings.Platform),
            Route("/api/automation", settings.Automation),
        ];

        PrefixRoute Route(string prefix, Upstream upstream) =>
            new(prefix, upstream, _split?.Contains(upstream) == true ? new SplitForwarder(_split, Forwarder) : Forwarder(upstream));

        IForwarder Forwarder(Upstream upstream) => upstream.LocalService is null ? remote : local;
    }
}
