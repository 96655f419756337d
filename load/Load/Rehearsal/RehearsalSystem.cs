using System.Globalization;
using PyAirtable.Load.Comparison;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Systems;
using PyAirtable.Testing;

namespace PyAirtable.Load.Rehearsal;

/// <summary>The Python baseline and our services on one PostgreSQL and one folder of files, with a gateway before both that shares requests out.</summary>
internal sealed class RehearsalSystem : GatewaySystem
{
    /// <summary>The key of the gateway's admin routes.</summary>
    public const string AdminKey = "a-key-for-cutovers-0123456789";

    private RehearsalSystem(LoadLoop loop, int connections, StartedParts parts, Replica gateway, Replica platform, Replica automation)
        : base(loop, gateway, connections, "the Python baseline and our services on one PostgreSQL", parts) => (Platform, Automation) = (platform, automation);

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
        var parts = new StartedParts("rehearsal-");
        try
        {
            var beside = parts.Add(new StartedProcesses(logFolder: null, core: null));
            var database = await beside.StartPostgresAsync();
            var settings = new ServerSettings(StartedSystem.OwnKey, await beside.StartUpstreamAsync(StartedSystem.OwnKey), database).With(
                ("UPLOAD_DIRECTORY", Path.Combine(parts.Folder, "uploads")), ("PASSWORD_HASH_ROUNDS", "4"));
            await MigrateAsync(PublishedExecutable.Automation, parts.Folder, settings);
            var python = FreePort.Next();
            await StartPythonAsync(python, parts, settings);
            var platform = await StartAsync(PublishedExecutable.Platform, "platform", FreePort.Next(), parts, settings);
            var automation = await StartAsync(PublishedExecutable.Automation, "automation", FreePort.Next(), parts, settings);
            var gateway = await StartAsync(PublishedExecutable.Gateway, "gateway", FreePort.Next(), parts, settings.With(
                ("PLATFORM_SERVICES_URL", Url(python)), ("AUTOMATION_SERVICES_URL", Url(python)),
                ("CUTOVER_PLATFORM_NATIVE_URL", platform.Url), ("CUTOVER_AUTOMATION_NATIVE_URL", automation.Url),
                ("CUTOVER_ADMIN_KEY", AdminKey), ("CUTOVER_SHADOW_PERCENT", "100")));
            return new RehearsalSystem(loop, connections, parts, gateway, platform, automation);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    private static async Task MigrateAsync(string executable, string folder, ServerSettings settings)
    {
        var (code, _, errors) = await ExecutableProcess.RunAsync(executable, folder, settings.Values, "migrate");
        if (code != 0)
        {
            throw new InvalidOperationException(errors);
        }
    }

    private static async Task StartPythonAsync(int port, StartedParts parts, ServerSettings settings)
    {
        var process = parts.Add(ServerStart.Start(parts.Folder, settings.Values, ComparedSide.Python.Command(port)));
        await process.WaitUntilAnswersAsync(new Uri(Url(port) + "/openapi.json"));
    }

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
