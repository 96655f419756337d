using System.Globalization;

namespace PyAirtable.Bench.Peers;

/// <summary>One of the proxies that are compared.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Launch">Command line and settings for a port.</param>
internal sealed record Peer(string Name, Func<Rig, int, (string[] Command, Dictionary<string, string> Environment)> Launch)
{
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

    /// <summary>All of them, ours between the others.</summary>
    public static readonly IReadOnlyList<Peer> All = [Nginx, Gateway, HaProxy, Plain, FastHttp, AllPolicies, Yarp];

    /// <summary>The same with one more setting.</summary>
    public Peer With(string setting, string value) => new(Name, (rig, port) =>
    {
        var (command, environment) = Launch(rig, port);
        return (command, new(environment) { [setting] = value });
    });

    /// <summary>Whether it is the gateway.</summary>
    public bool IsOurs => Name.StartsWith("gateway", StringComparison.Ordinal);

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
