using PyAirtable.Testing;

namespace PyAirtable.Bench.Platform;

/// <summary>The published platform service on a database.</summary>
internal sealed class PlatformProcess : IAsyncDisposable
{
    /// <summary>The API key that it asks for.</summary>
    public const string Key = "a-key-for-measuring-0123456789abcdef";

    private readonly ServiceProcess _service;

    private PlatformProcess(ServiceProcess service) => _service = service;

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port => _service.Port;

    /// <summary>The same as a URL.</summary>
    public Uri Address => _service.Address;

    /// <summary>Its process id.</summary>
    public int Id => _service.Id;

    /// <summary>Starts it, and returns once it answers.</summary>
    /// <param name="database">Its <c>DATABASE_URL</c>; empty for SQLite.</param>
    /// <param name="redis">Its <c>REDIS_URL</c>; empty for none.</param>
    /// <param name="settings">More of its settings.</param>
    public static async Task<PlatformProcess> StartAsync(string database, string redis = "", params (string Name, string Value)[] settings) => new(await ServiceProcess.StartAsync(
        PublishedExecutable.Platform,
        database,
        [("REDIS_URL", redis), ("API_KEY", Key), ("JWT_SECRET", "a-secret-for-measuring-0123456789abcdef"), .. settings]));

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => _service.Kill();

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
    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
