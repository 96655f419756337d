using System.Globalization;
using PyAirtable.Bench.Platform;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;
using PyAirtable.Testing;

namespace PyAirtable.Load.Systems;

/// <summary>The published executables, started for one run with a folder of their own, and a stand-in for the upstreams beside them.</summary>
internal sealed class StartedSystem : SystemUnderTest
{
    /// <summary>The API key of systems that are started here.</summary>
    public const string OwnKey = "a-key-for-load-0123456789abcdef";

    private readonly StartedProcesses _processes;

    private StartedSystem(LoadLoop loop, int port, int connections, string description, StartedProcesses processes)
        : base(loop, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), OwnKey, connections, description) => _processes = processes;

    /// <summary>Starts one and returns when it is ready.</summary>
    /// <param name="loop">Where the clients live.</param>
    /// <param name="options">Which.</param>
    /// <param name="connections">Connections of the client at most.</param>
    /// <param name="settings">More settings of the servers.</param>
    public static async Task<StartedSystem> StartAsync(LoadLoop loop, SystemOptions options, int connections, params (string Name, string Value)[] settings)
    {
        var processes = new StartedProcesses(options.LogFolder, options.Core);
        try
        {
            var database = options.Postgres ? await processes.StartPostgresAsync() : "";
            var upstream = await processes.StartUpstreamAsync(OwnKey);
            var common = new ServerSettings(OwnKey, upstream, database).With(settings);
            var gateway = options.Services ? await StartServicesAsync(processes, common) : await StartAllInOneAsync(processes, common);
            var description = $"{(options.Services ? "three services" : "all in one")} on {(options.Postgres ? "PostgreSQL" : "SQLite")}";
            return new StartedSystem(loop, gateway, connections, description, processes);
        }
        catch
        {
            await processes.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ProcessorTimes ProcessorTimes() => new(
        Environment.CpuUsage.TotalTime.TotalSeconds,
        _processes.Servers.Sum(StartedService.ProcessorSeconds),
        StartedService.ProcessorSeconds(_processes.Upstream));

    /// <inheritdoc/>
    public override double Megabytes() => _processes.Servers.Sum(ProcessMemory.Megabytes);

    /// <inheritdoc/>
    public override double PeakMegabytes() => _processes.Services.Sum(service => ProcessFigures.PeakMegabytes(service.Process.Id)) + _processes.Database.Sum(ProcessMemory.Megabytes);

    /// <inheritdoc/>
    public override IReadOnlyList<ServiceUsage> Services() => [.. _processes.Services.Select(service => service.Usage(Client.Requests))];

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _processes.DisposeAsync();
    }

    private static async Task<int> StartAllInOneAsync(StartedProcesses processes, ServerSettings settings)
    {
        var (gateway, management) = (FreePort.Next(), FreePort.Next());
        await processes.StartServerAsync(StartedService.AllInOne, PublishedExecutable.AllInOne, management, settings.With(
            ("GATEWAY_PORT", Text(gateway)), ("PLATFORM_PORT", Text(FreePort.Next())), ("AUTOMATION_PORT", Text(FreePort.Next())), ("MCP_SERVER_PORT", "0")));
        return gateway;
    }

    private static async Task<int> StartServicesAsync(StartedProcesses processes, ServerSettings settings)
    {
        var (gateway, platform, automation) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        await processes.StartServerAsync("platform", PublishedExecutable.Platform, FreePort.Next(), settings.With(("PORT", Text(platform))));
        await processes.StartServerAsync("automation", PublishedExecutable.Automation, FreePort.Next(), settings.With(("PORT", Text(automation))));
        await processes.StartServerAsync("gateway", PublishedExecutable.Gateway, FreePort.Next(), settings.With(
            ("PORT", Text(gateway)), ("PLATFORM_SERVICES_URL", $"http://127.0.0.1:{platform}"), ("AUTOMATION_SERVICES_URL", $"http://127.0.0.1:{automation}")));
        return gateway;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
