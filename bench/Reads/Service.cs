using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Reads;

/// <summary>The published platform on one database.</summary>
internal sealed class Service : IAsyncDisposable
{
    /// <summary>The API key.</summary>
    public const string Key = "a-key-for-measuring-0123456789abcdef";

    private const double SecondsPerTick = 0.01;

    private readonly ExecutableProcess _process;

    private Service(ExecutableProcess process, int port)
    {
        _process = process;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        Client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromMinutes(5) };
        Client.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    /// <summary>Where it answers.</summary>
    public string Url { get; }

    /// <summary>A client with the key.</summary>
    public HttpClient Client { get; }

    /// <summary>User and system time of the process so far, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..13].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) * SecondsPerTick;
        }
    }

    /// <summary>Its settings on a database.</summary>
    public static Dictionary<string, string> Settings(string databaseUrl, int port) => new()
    {
        ["DATABASE_URL"] = databaseUrl,
        ["HOST"] = "127.0.0.1",
        ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["MANAGEMENT_HOST"] = "127.0.0.1",
        ["MANAGEMENT_PORT"] = "0",
        ["API_KEY"] = Key,
        ["JWT_SECRET"] = "a-secret-for-measuring-0123456789abcdef",
        ["LOG_LEVEL"] = "WARNING",
        ["PASSWORD_HASH_ROUNDS"] = "4",
        ["DB_MAX_OPEN_CONNS"] = "32",
        ["DB_MAX_IDLE_CONNS"] = "32",
    };

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<Service> StartAsync(string executable, string databaseUrl, string folder)
    {
        var port = FreePort.Next();
        var service = new Service(ExecutableProcess.Start(executable, folder, Settings(databaseUrl, port), "serve"), port);
        await service._process.WaitUntilAnswersAsync(new Uri(service.Url + "/health"));
        return service;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }
}
