using PyAirtable.Load.Loop;
using PyAirtable.Load.Systems;
using PyAirtable.Testing;

namespace PyAirtable.Load.Restarts;

/// <summary>A gateway with two processes of each service behind it, on one PostgreSQL, one Redis and one folder of files.</summary>
internal sealed class ReplicatedSystem : GatewaySystem
{
    private ReplicatedSystem(LoadLoop loop, int connections, StartedParts parts, Replica gateway, params (string Name, IReadOnlyList<Replica> Replicas)[] services)
        : base(loop, gateway, connections, "two processes of each service on PostgreSQL and Redis", parts) => Replicated = services;

    /// <summary>The processes of each service behind the gateway.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<Replica> Replicas)> Replicated { get; }

    /// <summary>Starts one and returns when all of it is ready.</summary>
    public static async Task<ReplicatedSystem> StartAsync(LoadLoop loop, int connections)
    {
        var parts = new StartedParts("restarts-");
        try
        {
            var beside = parts.Add(new StartedProcesses(logFolder: null, core: null));
            var redis = parts.Add(new RedisServer());
            var database = await beside.StartPostgresAsync();
            var settings = new ServerSettings(StartedSystem.OwnKey, await beside.StartUpstreamAsync(StartedSystem.OwnKey), database).With(
                ("REDIS_URL", redis.TakeDatabase()), ("UPLOAD_DIRECTORY", Path.Combine(parts.Folder, "uploads")));
            var platforms = await StartTwoAsync(PublishedExecutable.Platform, "platform", parts, settings);
            var automations = await StartTwoAsync(PublishedExecutable.Automation, "automation", parts, settings);
            var mcps = await StartTwoAsync(PublishedExecutable.Mcp, "mcp", parts, settings);
            var gateway = await StartAsync(PublishedExecutable.Gateway, "gateway", FreePort.Next(), parts, settings.With(
                ("PLATFORM_SERVICES_URL", Addresses(platforms)), ("AUTOMATION_SERVICES_URL", Addresses(automations)), ("MCP_SERVER_URL", Addresses(mcps))));
            return new ReplicatedSystem(loop, connections, parts, gateway, ("platform", platforms), ("automation", automations), ("mcp", mcps));
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    private static async Task<IReadOnlyList<Replica>> StartTwoAsync(string executable, string name, StartedParts parts, ServerSettings settings) =>
    [
        await StartAsync(executable, name + "-1", FreePort.Next(), parts, settings),
        await StartAsync(executable, name + "-2", FreePort.Next(), parts, settings),
    ];

    private static string Addresses(IEnumerable<Replica> replicas) => string.Join(',', replicas.Select(replica => replica.Url));
}
