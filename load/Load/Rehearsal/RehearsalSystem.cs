using System.Globalization;
using PyAirtable.Bench.Platform;
using PyAirtable.Load.Comparison;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Restarts;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;
using PyAirtable.Testing;

namespace PyAirtable.Load.Rehearsal;

/// <summary>The Python baseline and our services on one PostgreSQL and one folder of files, with a gateway before both that shares requests out.</summary>
internal sealed class RehearsalSystem : SystemUnderTest
{
    /// <summary>The key of the gateway's admin routes.</summary>
    public const string AdminKey = "a-key-for-cutovers-0123456789";

    private readonly StartedProcesses _beside;
    private readonly ExecutableProcess _python;
    private readonly string _folder;
    private readonly Replica _gateway;

    private RehearsalSystem(LoadLoop loop, int port, int connections, StartedProcesses beside, ExecutableProcess python, string folder, Replica gateway, Replica platform, Replica automation)
        : base(loop, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), StartedSystem.OwnKey, connections, "the Python baseline and our services on one PostgreSQL") =>
        (_beside, _python, _folder, _gateway, Platform, Automation) = (beside, python, folder, gateway, platform, automation);

    /// <summary>Our platform.</summary>
    public Replica Platform { get; }

    /// <summary>Our automation service.</summary>
    public Replica Automation { get; }

    /// <summary>
    /// Starts Python on an empty database, then ours, which take its accounts and analytics over, then the gateway with all weight on Python.
    /// The tables of files and workflows are ours from the beginning: the original service of these never had any (automation contract 5).
    /// </summary>
    public static async Task<RehearsalSystem> StartAsync(LoadLoop loop, int connections)
    {
        var beside = new StartedProcesses(logFolder: null, core: null);
        var folder = Directory.CreateTempSubdirectory("rehearsal-").FullName;
        var database = await beside.StartPostgresAsync();
        var settings = new ServerSettings(StartedSystem.OwnKey, await beside.StartUpstreamAsync(StartedSystem.OwnKey), database).With(
            ("UPLOAD_DIRECTORY", Path.Combine(folder, "uploads")), ("PASSWORD_HASH_ROUNDS", "4"));
        await MigrateAsync(PublishedExecutable.Automation, folder, settings);
        var (port, python) = (FreePort.Next(), FreePort.Next());
        var old = await StartPythonAsync(python, folder, settings);
        var platform = new Replica(PublishedExecutable.Platform, Path.Combine(folder, "platform"), FreePort.Next(), settings);
        var automation = new Replica(PublishedExecutable.Automation, Path.Combine(folder, "automation"), FreePort.Next(), settings);
        await platform.StartAsync();
        await automation.StartAsync();
        var pythonUrl = Url(python);
        var gateway = new Replica(PublishedExecutable.Gateway, Path.Combine(folder, "gateway"), port, settings.With(
            ("PLATFORM_SERVICES_URL", pythonUrl), ("AUTOMATION_SERVICES_URL", pythonUrl),
            ("CUTOVER_PLATFORM_NATIVE_URL", platform.Url), ("CUTOVER_AUTOMATION_NATIVE_URL", automation.Url),
            ("CUTOVER_ADMIN_KEY", AdminKey), ("CUTOVER_SHADOW_PERCENT", "100")));
        await gateway.StartAsync();
        return new RehearsalSystem(loop, port, connections, beside, old, folder, gateway, platform, automation);
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
        await _gateway.DisposeAsync();
        await Platform.DisposeAsync();
        await Automation.DisposeAsync();
        await _python.DisposeAsync();
        await _beside.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task MigrateAsync(string executable, string folder, ServerSettings settings)
    {
        var (code, _, errors) = await ExecutableProcess.RunAsync(executable, folder, settings.Values, "migrate");
        if (code != 0)
        {
            throw new InvalidOperationException(errors);
        }
    }

    private static async Task<ExecutableProcess> StartPythonAsync(int port, string folder, ServerSettings settings)
    {
        var process = ExecutableProcess.Start("/bin/sh", folder, settings.Values, ["-c", "exec \"$@\" >/dev/null", "sh", .. ComparedSide.Python.Command(port)]);
        await process.WaitUntilAnswersAsync(new Uri(Url(port) + "/openapi.json"));
        return process;
    }

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
