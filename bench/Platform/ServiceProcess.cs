using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>A published service on a database, with its own folder.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ExecutableProcess _process;

    private ServiceProcess(string folder, int port, ExecutableProcess process) => (_folder, Port, _process) = (folder, port, process);

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The same as a URL.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it, and returns once it answers.</summary>
    /// <param name="executable">The service.</param>
    /// <param name="database">Its <c>DATABASE_URL</c>; empty for SQLite.</param>
    /// <param name="settings">More of its settings, of which later ones win.</param>
    public static async Task<ServiceProcess> StartAsync(string executable, string database, IEnumerable<(string Name, string Value)> settings)
    {
        var folder = Directory.CreateTempSubdirectory("service-bench-").FullName;
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["DATA_DIR"] = folder,
            ["UPLOAD_DIRECTORY"] = Path.Combine(folder, "uploads"),
            ["DATABASE_URL"] = database,
            ["LOG_LEVEL"] = "WARNING",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var process = ExecutableProcess.Start(executable, folder, environment);
        await process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/health"));
        return new ServiceProcess(folder, port, process);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => _process.Signal(ExecutableProcess.Sigkill);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
