using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>
/// The three services on PostgreSQL and Redis, and the all-in-one beside them, as processes of their own, after traffic of every kind that
/// the metrics tell of. Started when first asked for.
/// </summary>
public sealed class RunningServices : IAsyncDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly PostgresServer _postgres = new();
    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("monitoring-").FullName;
    private readonly List<ExecutableProcess> _processes = [];
    private readonly Lazy<Task> _started;

    /// <summary>Starts nothing yet.</summary>
    public RunningServices() => _started = new(StartAllAsync);

    /// <summary>Management ports by the name of the job that scrapes them.</summary>
    public IReadOnlyDictionary<string, int> Management { get; } =
        new[] { "all-in-one", "gateway", "platform", "automation", "mcp" }.ToDictionary(static job => job, static _ => FreePort.Next());

    /// <summary>Returns once they run and the traffic is over.</summary>
    public Task StartAsync() => _started.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
        _redis.Dispose();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<Exposition> ScrapeAsync()
    {
        await StartAsync();
        using var client = new HttpClient();
        var metrics = new Exposition();
        await Eventually.TrueAsync(async () =>
        {
            foreach (var port in Management.Values)
            {
                metrics.Add(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")));
            }
            // Copies of requests are compared after the answer.
            return metrics.Has("pyairtable_cutover_differences_total");
        });
        return metrics;
    }

    private async Task StartAllAsync()
    {
        var shared = new Dictionary<string, string>(Repository.RuntimeEnvironment())
        {
            ["API_KEY"] = Traffic.Key,
            ["JWT_SECRET"] = Secret,
            ["PASSWORD_HASH_ROUNDS"] = "4",
            ["ANALYTICS_RETENTION_ENABLED"] = "true",
            ["RATE_LIMIT_RPM"] = "1000000",
            // Nobody listens there.
            ["LLM_ORCHESTRATOR_URL"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["AIRTABLE_GATEWAY_URL"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["MCP_PYTHON_URL"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["UPSTREAM_MAX_WAIT"] = "10ms",
            // A busy machine answers late, and hashes passwords last of all.
            ["PROXY_TIMEOUT_SECONDS"] = "90",
            ["CUTOVER_GUARD_SLOW_PERCENT"] = "0",
        };
        var stores = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = await _postgres.CreateDatabaseAsync(),
            ["REDIS_URL"] = _redis.Url(0),
        };
        var (gateway, platform, automation, mcp, together) = (FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        await Task.WhenAll(
            StartAsync("platform", "Platform", "pyairtable-platform", shared, stores, ("PORT", $"{platform}")),
            StartAsync("automation", "Automation", "pyairtable-automation", shared, stores, ("PORT", $"{automation}")),
            StartAsync("mcp", "Mcp", "pyairtable-mcp", shared, [], ("MCP_SERVER_PORT", $"{mcp}")),
            StartAsync(
                "gateway",
                "Gateway",
                "pyairtable-gateway",
                shared,
                stores,
                ("PORT", $"{gateway}"),
                ("PLATFORM_SERVICES_URL", $"http://127.0.0.1:{platform}"),
                ("AUTOMATION_SERVICES_URL", $"http://127.0.0.1:{automation}"),
                ("MCP_SERVER_URL", $"http://127.0.0.1:{mcp}"),
                // The other side is another service altogether, so that answers differ.
                ("CUTOVER_PLATFORM_PYTHON_URL", $"http://127.0.0.1:{automation}"),
                ("CUTOVER_PLATFORM_NATIVE_URL", $"http://127.0.0.1:{platform}"),
                ("CUTOVER_PLATFORM_WEIGHT", "100"),
                ("CUTOVER_SHADOW_PERCENT", "100"),
                ("CUTOVER_SHADOW_NOISE_PERCENT", "0")),
            StartAsync("all-in-one", "AllInOne", "pyairtable", shared, [], ("GATEWAY_PORT", $"{together}"), ("PLATFORM_PORT", "0"), ("AUTOMATION_PORT", "0"), ("MCP_SERVER_PORT", $"{FreePort.Next()}")));
        await Traffic.SendAsync(new Uri($"http://127.0.0.1:{gateway}"));
        await Traffic.SendAsync(new Uri($"http://127.0.0.1:{together}"));
    }

    private async Task StartAsync(string job, string project, string name, Dictionary<string, string> shared, Dictionary<string, string> stores, params (string Name, string Value)[] own)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, job)).FullName;
        var environment = new Dictionary<string, string>([.. shared, .. stores]) { ["MANAGEMENT_PORT"] = $"{Management[job]}", ["DATA_DIR"] = folder };
        foreach (var (setting, value) in own)
        {
            environment[setting] = value;
        }
        var process = ExecutableProcess.Start(Repository.Executable(project, name), folder, environment);
        lock (_processes)
        {
            _processes.Add(process);
        }
        await process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{Management[job]}/ready"));
    }
}
