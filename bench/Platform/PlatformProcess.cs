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

    /// <summary>The same as a URL.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it, and returns once it answers.</summary>
    /// <param name="database">Its <c>DATABASE_URL</c>; empty for SQLite.</param>
    /// <param name="redis">Its <c>REDIS_URL</c>; empty for none.</param>
    /// <param name="settings">More of its settings.</param>
    public static async Task<PlatformProcess> StartAsync(string database, string redis = "", params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("platform-bench-").FullName;
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>
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
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var process = ExecutableProcess.Start(PublishedExecutable.Platform, folder, environment);
        await process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/health"));
        return new PlatformProcess(folder, port, process);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => _process.Signal(ExecutableProcess.Sigkill);

    /// <summary>A client that sends the API key over so many connections at most; the caller disposes it.</summary>
    public HttpClient Client(int connections) => Client(Port, connections);

    /// <summary>The same for one that another process started.</summary>
    public static HttpClient Client(int port, int connections)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Add("X-API-Key", Key);
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
