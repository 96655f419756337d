using PyAirtable.Bench.Platform;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;
using PyAirtable.Testing;

namespace PyAirtable.Load.Restarts;

/// <summary>A gateway with two processes of each service behind it, on one PostgreSQL, one Redis and one folder of files.</summary>
internal sealed class ReplicatedSystem : SystemUnderTest
{
    private const int Copies = 2;

    private readonly StartedParts _parts;
    private readonly Replica _gateway;

    private ReplicatedSystem(LoadLoop loop, int connections, StartedParts parts, Replica gateway, IReadOnlyList<Replica> platforms, IReadOnlyList<Replica> automations)
        : base(loop, new Uri(gateway.Url), StartedSystem.OwnKey, connections, "two processes of each service on PostgreSQL and Redis") =>
        (_parts, _gateway, Platforms, Automations) = (parts, gateway, platforms, automations);

    /// <summary>The processes of the platform.</summary>
    public IReadOnlyList<Replica> Platforms { get; }

    /// <summary>Those of automation.</summary>
    public IReadOnlyList<Replica> Automations { get; }

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
            var platforms = await StartAsync(PublishedExecutable.Platform, Copies, parts, settings);
            var automations = await StartAsync(PublishedExecutable.Automation, Copies, parts, settings);
            var gateways = await StartAsync(PublishedExecutable.Gateway, 1, parts, settings.With(
                ("PLATFORM_SERVICES_URL", Addresses(platforms)), ("AUTOMATION_SERVICES_URL", Addresses(automations))));
            return new ReplicatedSystem(loop, connections, parts, gateways[0], platforms, automations);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ProcessorTimes ProcessorTimes() => new(Environment.CpuUsage.TotalTime.TotalSeconds, double.NaN, double.NaN);

    /// <inheritdoc/>
    public override double Megabytes() => ProcessFigures.ResidentMegabytes(_gateway.Process);

    /// <inheritdoc/>
    public override double PeakMegabytes() => ProcessFigures.PeakMegabytes(_gateway.Process);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _parts.DisposeAsync();
    }

    private static async Task<IReadOnlyList<Replica>> StartAsync(string executable, int copies, StartedParts parts, ServerSettings settings)
    {
        var replicas = new List<Replica>();
        for (var number = 1; number <= copies; number++)
        {
            replicas.Add(parts.Add(new Replica(executable, Path.Combine(parts.Folder, $"{Path.GetFileName(executable)}-{number}"), FreePort.Next(), settings)));
            await replicas[^1].StartAsync();
        }
        return replicas;
    }

    private static string Addresses(IEnumerable<Replica> replicas) => string.Join(',', replicas.Select(replica => replica.Url));
}
