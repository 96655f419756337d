namespace PyAirtable.Bench.Footprint;

/// <summary>A program whose size, start and memory are measured.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Executable">Path of the executable.</param>
/// <param name="Arguments">Its command line; <c>{port}</c>, <c>{upstream}</c>, <c>{key}</c> and <c>{data}</c> stand for two ports, the API key and an own folder.</param>
internal sealed record Candidate(string Name, string Executable, string Arguments)
{
    /// <summary>The API key of all that ask for one.</summary>
    public const string Key = "a-key-for-measuring-0123456789abcdef";

    // Through a proxy: 250 bytes from the upstream.
    private const string Proxied = "/api/platform/250";

    // More requests a minute than anyone sends.
    private const string Unlimited = "60000000";

    /// <summary>Its settings, with the same placeholders.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    /// <summary>The path that must answer 200 for it to have started.</summary>
    public string Path { get; private init; } = Proxied;

    /// <summary>The path that the load asks for.</summary>
    public string LoadPath { get; private init; } = Proxied;

    /// <summary>Configuration file to fill in and put into the own folder; empty for none.</summary>
    public string Configuration { get; private init; } = "";

    /// <summary>Goal for the median from exec to the first 200, in milliseconds; 0 for none.</summary>
    public double MaxStart { get; private init; }

    /// <summary>Goal for idle resident memory, in MB of 2^20 bytes; 0 for none.</summary>
    public double MaxResident { get; private init; }

    /// <summary>The product's executables and what they are compared with, as <c>bench/run footprint</c> has built them.</summary>
    public static IReadOnlyList<Candidate> All { get; } =
    [
        Service("gateway", "Gateway/pyairtable-gateway", ("RATE_LIMIT_RPM", Unlimited), ("PLATFORM_SERVICES_URL", "http://127.0.0.1:{upstream}")) with { LoadPath = Proxied, MaxStart = 20, MaxResident = 25 },
        Service("platform", "Platform/pyairtable-platform") with { LoadPath = "/analytics/metrics", MaxResident = 32 },
        Service("automation", "Automation/pyairtable-automation") with { LoadPath = "/workflows", MaxResident = 32 },
        Service("all in one", "AllInOne/pyairtable", ("RATE_LIMIT_RPM", Unlimited), ("MCP_SERVER_PORT", "0")) with { LoadPath = "/api/automation/workflows" },
        Service("MCP server", "Mcp/pyairtable-mcp", ("MCP_SERVER_PORT", "{port}")) with { LoadPath = "/tools" },
        new("bare Kestrel", Published("BareKestrel/bare-kestrel"), "{port}") { Path = "/", LoadPath = "/" },
        new("YARP", Tool("yarp-peer"), "{port} {upstream} {key}"),
        new("Go fasthttp", Tool("fasthttp-peer"), "{port} {upstream} {key}"),
        new("nginx", "/usr/sbin/nginx", "-p {data} -c {data}/nginx.conf") { Configuration = "bench/Peers/nginx.conf" },
        new("HAProxy", "/usr/sbin/haproxy", "-db -f {data}/haproxy.cfg") { Configuration = "bench/Peers/haproxy.cfg" },
    ];

    private static Candidate Service(string name, string executable, params (string Name, string Value)[] settings) => new(name, Published(executable), "serve")
    {
        Path = "/health",
        Environment = new Dictionary<string, string>(settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["PORT"] = "{port}",
            ["GATEWAY_PORT"] = "{port}",
            ["PLATFORM_PORT"] = "0",
            ["AUTOMATION_PORT"] = "0",
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["DATA_DIR"] = "{data}",
            ["UPLOAD_DIRECTORY"] = "{data}/uploads",
            ["API_KEY"] = Key,
            ["JWT_SECRET"] = "a-secret-for-measuring-0123456789abcdef",
        },
    };

    private static string Published(string path) => System.IO.Path.GetFullPath("artifacts/publish/" + path);

    private static string Tool(string name) => System.IO.Path.GetFullPath("artifacts/peers/bin/" + name);
}
