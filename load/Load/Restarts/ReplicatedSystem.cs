using System.Globalization;
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

    private readonly StartedProcesses _beside;
    private readonly RedisServer _redis;
    private readonly string _folder;
    private readonly Replica _gateway;

    private ReplicatedSystem(LoadLoop loop, int port, int connections, StartedProcesses beside, RedisServer redis, string folder, Replica gateway, IReadOnlyList<Replica> platforms, IReadOnlyList<Replica> automations)
        : base(loop, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), StartedSystem.OwnKey, connections, "two processes of each service on PostgreSQL and Redis") =>
        (_beside, _redis, _folder, _gateway, Platforms, Automations) = (beside, redis, folder, gateway, platforms, automations);

    /// <summary>The processes of the platform.</summary>
    public IReadOnlyList<Replica> Platforms { get; }

    /// <summary>Those of automation.</summary>
    public IReadOnlyList<Replica> Automations { get; }

    /// <summary>Starts one and returns when all of it is ready.</summary>
    public static async Task<ReplicatedSystem> StartAsync(LoadLoop loop, int connections)
    {
        var beside = new StartedProcesses(logFolder: null, core: null);
        var redis = new RedisServer();
        var folder = Directory.CreateTempSubdirectory("restarts-").FullName;
        var database = await beside.StartPostgresAsync();
        var settings = new ServerSettings(StartedSystem.OwnKey, await beside.StartUpstreamAsync(StartedSystem.OwnKey), database).With(
            ("REDIS_URL", redis.TakeDatabase()), ("UPLOAD_DIRECTORY", Path.Combine(folder, "uploads")));
        var platforms = await StartAsync(PublishedExecutable.Platform, folder, settings);
        var automations = await StartAsync(PublishedExecutable.Automation, folder, settings);
        var port = FreePort.Next();
        var gateway = new Replica(PublishedExecutable.Gateway, Path.Combine(folder, "gateway"), port, settings.With(
            ("PLATFORM_SERVICES_URL", Addresses(platforms)), ("AUTOMATION_SERVICES_URL", Addresses(automations))));
        await gateway.StartAsync();
        return new ReplicatedSystem(loop, port, connections, beside, redis, folder, gateway, platforms, automations);
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
        foreach (var replica in (IEnumerable<Replica>)[_gateway, .. Platforms, .. Automations])
        {
            await replica.DisposeAsync();
        }
        await _beside.DisposeAsync();
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<IReadOnlyList<Replica>> StartAsync(string executable, string folder, ServerSettings settings)
    {
        var replicas = new List<Replica>();
        for (var number = 1; number <= Copies; number++)
        {
            replicas.Add(new Replica(executable, Path.Combine(folder, $"{Path.GetFileName(executable)}-{number}"), FreePort.Next(), settings));
            await replicas[^1].StartAsync();
        }
        return replicas;
    }

    private static string Addresses(IEnumerable<Replica> replicas) => string.Join(',', replicas.Select(replica => replica.Url));
}
