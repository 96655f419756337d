using System.Globalization;

namespace PyAirtable.Bench.Peers;

/// <summary>One of the proxies that are compared.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Launch">Command line and settings for a port.</param>
/// <param name="Route">What the paths begin with that it is asked for.</param>
internal sealed record Peer(string Name, Func<Rig, int, (string[] Command, Dictionary<string, string> Environment)> Launch, string Route = Peer.PlainRoute)
{
    /// <summary>A route that is forwarded as it comes.</summary>
    public const string PlainRoute = "/api/platform";

    // The proxy route of the Python gateway: request and answer are JSON, and read as such there.
    private const string JsonRoute = "/api/airtable";

    /// <summary>nginx.</summary>
    public static readonly Peer Nginx = new("nginx", (rig, port) => (["/usr/sbin/nginx", "-p", rig.Folder, "-c", rig.Fill("nginx.conf", port)], []));

    /// <summary>HAProxy.</summary>
    public static readonly Peer HaProxy = new("HAProxy", (rig, port) => (["/usr/sbin/haproxy", "-db", "-f", rig.Fill("haproxy.cfg", port)], []));

    /// <summary>Go's fasthttp.</summary>
    public static readonly Peer FastHttp = new("fasthttp", (rig, port) => (Own("fasthttp-peer", rig, port), new() { ["GOMAXPROCS"] = "1" }));

    /// <summary>YARP's forwarder, compiled natively.</summary>
    public static readonly Peer Yarp = new("YARP", (rig, port) => (Own("yarp-peer", rig, port), []));

    /// <summary>The gateway with the policy that is compared: API key and trace id; no access log.</summary>
    public static readonly Peer Gateway = Ours("gateway", new() { ["LOG_LEVEL"] = "ERROR" });

    /// <summary>The gateway as a forwarder only, without key and access log.</summary>
    public static readonly Peer Plain = Ours("gateway plain", new() { ["LOG_LEVEL"] = "ERROR", ["REQUIRE_API_KEY"] = "false" });

    /// <summary>The gateway with all policies: API key, rate limit, access log (to /dev/null), metrics.</summary>
    public static readonly Peer AllPolicies = Ours("gateway all on", new() { ["LOG_LEVEL"] = "INFO", ["LOG_FORMAT"] = "json" });

    /// <summary>The gateway with all policies, on the Python gateway's route.</summary>
    public static readonly Peer PythonsRoute = AllPolicies with { Name = "gateway on Python's route", Route = JsonRoute };

    /// <summary>The Python baseline with one worker, as <c>load/compare</c> starts it; it logs each request too.</summary>
    public static readonly Peer Python = new(
        "Python",
        (rig, port) =>
        (
            [
                "/usr/bin/python3", "-m", "uvicorn", "baseline.app:app", "--app-dir", Path.Combine(Environment.CurrentDirectory, "load/python-baseline"), "--host", "127.0.0.1",
                "--port", Text(port), "--no-access-log", "--log-level", "warning",
            ],
            new()
            {
                ["API_KEY"] = Rig.Key,
                ["JWT_SECRET"] = Rig.Key,
                ["AIRTABLE_GATEWAY_URL"] = $"http://127.0.0.1:{rig.Upstream.Port}",
                ["UPLOAD_DIRECTORY"] = rig.Folder,
                ["DATABASE_URL"] = rig.DatabaseUrl,
            }),
        JsonRoute);

    /// <summary>All of them, ours between the others.</summary>
    public static readonly IReadOnlyList<Peer> All = [Nginx, Gateway, HaProxy, Plain, FastHttp, AllPolicies, Yarp, PythonsRoute, Python];

    /// <summary>The same with one more setting.</summary>
    public Peer With(string setting, string value) => this with
    {
        Launch = (rig, port) =>
        {
            var (command, environment) = Launch(rig, port);
            return (command, new(environment) { [setting] = value });
        },
    };

    /// <summary>Whether it is measured with a load. Python's worker takes tens of milliseconds for what the others do in one: it is there
    /// for the comparison that was promised, at the small answers of 64 connections.</summary>
    public bool Takes(Case load) => Route == PlainRoute || load is { Connections: 64, Bytes: 250 };

    /// <summary>Whether it is the gateway.</summary>
    public bool IsOurs => Name.StartsWith("gateway", StringComparison.Ordinal);

    /// <summary>Whether it writes a line for each request, which is dropped.</summary>
    public bool LogsRequests => IsOurs || this == Python;

    /// <summary>Whether it asks for the key.</summary>
    public bool RequiresKey => this != Plain;

    private static string[] Own(string name, Rig rig, int port) => [Rig.Tool(name), Text(port), Text(rig.Upstream.Port), Rig.Key];

    private static Peer Ours(string name, Dictionary<string, string> settings) => new(name, (rig, port) =>
    {
        var upstream = $"http://127.0.0.1:{rig.Upstream.Port}";
        return ([rig.Gateway, "serve"], new(settings)
        {
            ["HOST"] = "127.0.0.1",
            ["PORT"] = Text(port),
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["DATA_DIR"] = rig.Folder,
            ["API_KEY"] = Rig.Key,
            // The limiter works for every request; nobody reaches this.
            ["RATE_LIMIT_RPM"] = "60000000",
            ["PLATFORM_SERVICES_URL"] = upstream,
            ["AUTOMATION_SERVICES_URL"] = upstream,
            ["LLM_ORCHESTRATOR_URL"] = upstream,
            ["MCP_SERVER_URL"] = upstream,
            ["AIRTABLE_GATEWAY_URL"] = upstream,
        });
    });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
