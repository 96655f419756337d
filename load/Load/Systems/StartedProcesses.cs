using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using PyAirtable.Bench.Platform;
using PyAirtable.Load.Upstream;
using PyAirtable.Testing;

namespace PyAirtable.Load.Systems;

/// <summary>The processes of a run: servers, database, upstream.</summary>
/// <param name="logFolder">Where the servers' logs are kept; null to drop them.</param>
/// <param name="core">The only core of the services; null for all.</param>
internal sealed class StartedProcesses(string? logFolder, int? core) : IAsyncDisposable
{
    private readonly List<StartedService> _services = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("load-").FullName;
    private ExecutableProcess? _upstream;
    private PostgresServer? _postgres;
    private int _postgresProcess;

    /// <summary>The services.</summary>
    public IReadOnlyList<StartedService> Services => _services;

    /// <summary>That of the database, if there is one.</summary>
    public IEnumerable<int> Database => _postgres is null ? [] : [_postgresProcess];

    /// <summary>Process ids of services and database.</summary>
    public IEnumerable<int> Servers => _services.Select(service => service.Process.Id).Concat(Database);

    /// <summary>Process id of the stand-in for the upstreams.</summary>
    public int Upstream => _upstream!.Id;

    /// <summary>Starts a PostgreSQL with an empty database and answers its <c>DATABASE_URL</c>.</summary>
    public async Task<string> StartPostgresAsync()
    {
        _postgres = new PostgresServer();
        var url = await _postgres.CreateDatabaseAsync();
        var address = new Uri(url);
        await using var source = NpgsqlDataSource.Create(string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={address.Port};Username=postgres;Database={address.AbsolutePath[1..]};Pooling=false"));
        // Open until its process has been looked at, which ends with it.
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        _postgresProcess = ProcessFigures.Parent((int)(await command.ExecuteScalarAsync())!);
        return url;
    }

    /// <summary>Starts this program as the upstreams.</summary>
    public async Task<UpstreamPorts> StartUpstreamAsync(string key)
    {
        var ports = new UpstreamPorts(FreePort.Next(), FreePort.Next(), FreePort.Next());
        var environment = new Dictionary<string, string>
        {
            ["API_KEY"] = key,
            ["DOTNET_GCgen0size"] = Environment.GetEnvironmentVariable("DOTNET_GCgen0size") ?? "",
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
        };
        _upstream = ExecutableProcess.Start(Environment.ProcessPath!, _folder, environment, ["upstream", .. ports.Arguments()]);
        await _upstream.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{ports.Airtable}/health"));
        return ports;
    }

    /// <summary>Starts a service and waits until it is ready.</summary>
    public async Task StartServerAsync(string name, string executable, int management, ServerSettings settings)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var log = logFolder is null ? null : Path.Combine(Directory.CreateDirectory(logFolder).FullName, name + ".log");
        var environment = settings.With(
            ("DATA_DIR", folder),
            ("UPLOAD_DIRECTORY", Path.Combine(folder, "uploads")),
            ("MANAGEMENT_PORT", management.ToString(CultureInfo.InvariantCulture))).Values;
        string[] pinned = core is { } only ? ["taskset", "-c", only.ToString(CultureInfo.InvariantCulture)] : [];
        var process = ServerStart.Start(folder, environment, [.. pinned, executable, "serve"], log ?? "/dev/null");
        _services.Add(new(name, process, log));
        await process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{management}/ready"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.Process.DisposeAsync();
        }
        if (_upstream is not null)
        {
            await _upstream.DisposeAsync();
        }
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }
}
