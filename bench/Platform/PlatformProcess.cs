using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>The published platform service on a database, with its own folder.</summary>
internal sealed class PlatformProcess : IAsyncDisposable
{
    /// <summary>The API key that it asks for.</summary>
    public const string Key = "a-key-for-measuring-0123456789abcdef";

    private readonly string _folder;
    private readonly ExecutableProcess _process;

    private PlatformProcess(string folder, int port, ExecutableProcess process) => (_folder, Port, _process) = (folder, port, process);

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it, and returns once it answers.</summary>
    /// <param name="database">Its <c>DATABASE_URL</c>; empty for SQLite.</param>
    /// <param name="redis">Its <c>REDIS_URL</c>; empty for none.</param>
    public static async Task<PlatformProcess> StartAsync(string database, string redis = "")
    {
        var folder = Directory.CreateTempSubdirectory("platform-bench-").FullName;
        var port = FreePort.Next();
        var process = ExecutableProcess.Start(PublishedExecutable.Platform, folder, new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["DATA_DIR"] = folder,
            ["DATABASE_URL"] = database,
            ["REDIS_URL"] = redis,
            ["API_KEY"] = Key,
            ["JWT_SECRET"] = "a-secret-for-measuring-0123456789abcdef",
            ["LOG_LEVEL"] = "WARNING",
        });
        await process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/health"));
        return new PlatformProcess(folder, port, process);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
