using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway;

/// <summary>Settings of the gateway service (gateway contract 5.1, 5.2 and 7.6).</summary>
public sealed partial record GatewaySettings
{
    /// <summary>Value of an upstream URL that stands for the module of this same process.</summary>
    public const string InProcess = "in-process";

    /// <summary>Where its settings stand among those of other modules.</summary>
    public const string Section = "Gateway";

    // The Go gateway takes 0 for 4 MiB, and no rate for five a minute.
    private const long SizeOfZero = 4 << 20;
    private const int RateOfZero = 5;
    private const int HighestRate = 60_000_000;

    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>The key that clients send, which is also the gateway's own towards the Python upstreams.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Whether the Go routes ask for the key; the Python routes always do.</summary>
    public required bool RequireApiKey { get; init; }

    /// <summary>Language models and chat.</summary>
    public required Upstream Llm { get; init; }

    /// <summary>Tools.</summary>
    public required Upstream Mcp { get; init; }

    /// <summary>Airtable.</summary>
    public required Upstream Airtable { get; init; }

    /// <summary>Accounts and analytics.</summary>
    public required Upstream Platform { get; init; }

    /// <summary>Files and workflows.</summary>
    public required Upstream Automation { get; init; }

    /// <summary>How upstreams are treated that are slow, busy or ill.</summary>
    public required UpstreamSettings Upstreams { get; init; }
    /// <summary>Costs; null where none are tracked.</summary>
    public required Upstream? CostTracking { get; init; }

    /// <summary>Which requests have two sides.</summary>
    public required CutoverSettings Cutover { get; init; }

    /// <summary>All that are called.</summary>
    internal IEnumerable<Upstream> AllUpstreams =>
        new[] { Llm, Mcp, Airtable, Platform, Automation }
            .Concat(CostTracking is { } costs ? [costs] : [])
            .Concat(Cutover.Groups.SelectMany(group => new[] { group.Python, group.Native }))
            .DistinctBy(upstream => upstream.Name);

    /// <summary>WebSocket connections.</summary>
    public required WebSocketSettings WebSockets { get; init; }

    /// <summary>How long <c>/api/health</c> waits for an upstream.</summary>
    public required TimeSpan HealthCheckTimeout { get; init; }

    /// <summary>Origins whose pages may call.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary>Bytes that a request's body may have.</summary>
    public required long MaxBodyBytes { get; init; }

    /// <summary>Requests per minute and client on the Go routes.</summary>
    public required int RequestsPerMinute { get; init; }

    /// <summary>Whether the same limit holds on the Python routes.</summary>
    public required bool LimitsPythonRoutes { get; init; }

    /// <summary>The peers whose <c>X-Forwarded-*</c> says who a client is and how it came.</summary>
    public required TrustedPeers TrustedPeers { get; init; }

    /// <summary>Path of the Prometheus metrics; null when they are off.</summary>
    public required string? MetricsPath { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="settings">Where from.</param>
    /// <param name="process">Settings of the process as a whole.</param>
    /// <param name="portName">The variable of its port: <c>PORT</c>, or one of its own in the all-in-one.</param>
    /// <param name="modulesBeside">True where platform and automation run in this same process, so that their URLs may be <see cref="InProcess"/>.</param>
    public static GatewaySettings Read(SettingsReader settings, ProcessSettings process, string portName = "PORT", bool modulesBeside = false)
    {
        settings.Section = Section;
        var timeout = TimeSpan.FromSeconds(settings.Number("PROXY_TIMEOUT_SECONDS", 30, 1, 3600, "Seconds that an upstream may take to connect, and be silent, before its answer is given up."));
        var upstreams = UpstreamSettings.Read(settings);
        var timeouts = upstreams.Timeouts(timeout);
        var size = settings.Size("MAX_FILE_SIZE", "10485760", 0, int.MaxValue, "Largest request body; 0 for 4 MB.", []);
        var rate = settings.Number("RATE_LIMIT_RPM", 100, int.MinValue, HighestRate, "Requests per minute and client on /health, /metrics and the plain proxy routes; 0 or less for 5.");
        rate = rate <= 0 ? RateOfZero : rate;
        var key = ReadKey(settings);
        var (llm, mcp, airtable) = (
            Remote("llm-orchestrator", "LLM_ORCHESTRATOR_URL", "http://localhost:8003", "The LLM orchestrator."),
            Remote("mcp-server", "MCP_SERVER_URL", "http://localhost:8001", "The MCP server."),
            Remote("airtable-gateway", "AIRTABLE_GATEWAY_URL", "http://localhost:8002", "The Airtable gateway."));
        var (platform, automation) = (
            Beside("platform-services", "platform", "PLATFORM_SERVICES_URL", "http://platform-services:8007", "The platform services"),
            Beside("automation-services", "automation", "AUTOMATION_SERVICES_URL", "http://automation-services:8006", "The automation services"));
        return settings.Keep(new GatewaySettings
        {
            Listen = ReadListen(settings, portName),
            ApiKey = key,
            ClientKeys = ApiKeySettings.Read(settings, key),
            Tokens = ReadTokens(settings, process.IsProduction),
            RequireApiKey = settings.Flag("REQUIRE_API_KEY", true, "Whether the plain proxy routes (/api/llm, /api/mcp, /api/platform, /api/automation) ask for the key; all others do in any case."),
            Llm = llm,
            Mcp = mcp,
            Airtable = airtable,
            Platform = platform,
            Automation = automation,
            Cutover = CutoverSettings.Read(settings, llm, mcp, airtable, platform, automation),
            Upstreams = upstreams,
            CostTracking = ReadCostTracking(settings, timeout),
            WebSockets = WebSocketSettings.Read(settings),
            HealthCheckTimeout = TimeSpan.FromSeconds(settings.Number("HEALTH_CHECK_TIMEOUT", 5, 1, 300, "Seconds that /api/health waits for each upstream.")),
            CorsOrigins = settings.List("CORS_ORIGINS", "http://localhost:3000,http://localhost:8000", "Origins whose pages may call; * for any."),
            MaxBodyBytes = size == 0 ? SizeOfZero : size,
            RequestsPerMinute = rate,
            RateLimitBurst = ReadBurst(settings, rate),
            RateLimitBy = ReadRateLimitBy(settings),
            LimitsPythonRoutes = settings.Flag("RATE_LIMIT_PYTHON_ROUTES", false, "Whether RATE_LIMIT_RPM holds on the other routes too."),
            TrustedPeers = ReadTrustedPeers(settings),
            Compression = settings.Flag("COMPRESSION", true, "Whether answers are compressed (br, gzip, deflate) for clients that ask for it; never event streams, and none that set a cookie."),
            MetricsPath = ReadMetricsPath(settings),
        });

        Upstream Remote(string name, string variable, string fallback, string description) => new(
            name,
            settings.Read<string>(new(variable, description, "an absolute http or https URL, or several of them with commas between, such as " + fallback), fallback, UpstreamEndpoint.TryTrim),
            timeout) { Timeouts = timeouts };

        Upstream Beside(string name, string service, string variable, string fallback, string description)
        {
            var accepts = modulesBeside
                ? $"an absolute http or https URL, or several of them with commas between, or {InProcess} for the module of this process"
                : "an absolute http or https URL, or several of them with commas between, such as " + fallback;
            var url = settings.Read<string>(
                new(variable, description + ".", accepts),
                fallback,
                (string text, out string value) => UpstreamEndpoint.TryTrim(text, out value) || (modulesBeside && value == InProcess));
            return new Upstream(name, url, timeout) { LocalService = url == InProcess ? service : null, Timeouts = timeouts };
        }
    }

    private static Upstream? ReadCostTracking(SettingsReader settings, TimeSpan timeout)
    {
        var url = settings.Read<string>(
            new("COST_TRACKING_URL", "The cost tracker, whose news WebSocket clients get; empty for none.", "an absolute http or https URL, or nothing"),
            "",
            (string text, out string value) => SettingParsers.HttpUrl(text, out value) || value.Length == 0);
        return url.Length == 0 ? null : new Upstream("cost-tracking", url, timeout);
    }

    private static string ReadKey(SettingsReader settings)
    {
        var key = settings.Secret("API_KEY", "", "The key that clients send; required.");
        if (key.Length == 0)
        {
            settings.Fail("API_KEY", "is not set", "the key that clients send in X-API-Key");
        }
        return key;
    }

    private static string? ReadMetricsPath(SettingsReader settings)
    {
        var enabled = settings.Flag("METRICS_ENABLED", true, "Whether METRICS_PATH is served.");
        var path = settings.Read(
            new("METRICS_PATH", "Path of the Prometheus metrics.", "a path such as /metrics, outside of /api, and none of the gateway's other paths"),
            "/metrics",
            (string text, out string value) =>
            {
                value = text.Trim();
                return value.Length > 1 && value[0] == '/' && !value.AsSpan().ContainsAny("?#% ") && !value.EndsWith('/')
                    && !value.StartsWith("/api", StringComparison.Ordinal)
                    && value is not ("/health" or "/ready" or "/ws" or "/openapi.json" or "/docs" or "/docs/oauth2-redirect" or "/redoc");
            });
        return enabled ? path : null;
    }
}
