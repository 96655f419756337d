using System.Text;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Reloading;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Testing;

/// <summary>
/// Modules served in the test process as their executable serves them: migrated, on free loopback ports, with their workers.
/// <code>
/// await using var host = await ServiceHost.StartAsync(
///     (settings, process) =>
///     {
///         var storage = DatabaseSettings.Read(settings, process);
///         var platform = PlatformSettings.Read(settings, process);
///         return context => [new PlatformModule(platform, context, context.Own(Database.Create(storage, context.Log, context.Clock)))];
///     },
///     new() { ["API_KEY"] = "key" });
/// using var answer = await host.Client.GetAsync("/health");
/// </code>
/// </summary>
public sealed class ServiceHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly CapturedStream _log = new();
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _urls = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private HttpClient? _client;

    private SettingsReload? _reload;

    private ServiceHost(string folder, ProcessSettings settings, TimeProvider clock)
    {
        _folder = folder;
        Process = new ProcessContext(settings, new LogSink(settings.Log with { Format = LogFormat.Json }, _log, clock), clock);
    }

    /// <summary>What the modules share.</summary>
    public ProcessContext Process { get; }

    /// <summary>The modules, in the order of the composition.</summary>
    public IReadOnlyList<IServiceModule> Modules { get; private set; } = [];

    /// <summary>Base URL by service name, and of <c>management</c>.</summary>
    public IReadOnlyDictionary<string, string> Urls { get; private set; } = new Dictionary<string, string>();

    /// <summary>A client of the first module: relative URLs are its own, redirects are not followed, cookies are not kept.</summary>
    public HttpClient Client => _client ??= ClientOf(Modules[0].Name);

    /// <summary>Reads the settings, builds the modules, migrates and listens.</summary>
    /// <param name="compose">Reads the modules' settings and makes them, as the executables' <c>Program.cs</c> does.</param>
    /// <param name="settings">
    /// Environment variables. Where they say nothing else: all ports are free ones, addresses are loopback, the data folder is a
    /// new one, and the log is of level DEBUG. What is changed in them later is in force after <see cref="Reload"/>.
    /// </param>
    /// <param name="clock">The modules' clock; the real one when null.</param>
    /// <exception cref="InvalidOperationException">The settings have mistakes; the message lists them.</exception>
    public static async Task<ServiceHost> StartAsync(Composition compose, Dictionary<string, string>? settings = null, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("pyairtable-service-").FullName;
        // As they are at each reading: what is changed in them later is found by a reload.
        LoadedSettings Load()
        {
            var values = new Dictionary<string, string>(settings ?? []);
            var reader = new SettingsReader([SettingLayer.Of("test", values), SettingLayer.Of("test defaults", Defaults(folder))]);
            var process = ProcessSettings.Read(reader, managementPort: 0);
            return new LoadedSettings(reader, process, compose(reader, process));
        }

        var (reader, process, build) = Load();
        if (reader.Errors.Count > 0)
        {
            Directory.Delete(folder);
            throw new InvalidOperationException(string.Join('\n', reader.Errors));
        }

        var host = new ServiceHost(folder, process, clock ?? TimeProvider.System);
        try
        {
            await host.ServeAsync(build);
            host._reload = new SettingsReload(reader, host.Modules, () => Load().Reader, host.Process.Log.CreateLogger("settings"));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of one of the services, or of <c>management</c>; the caller disposes it.</summary>
    public HttpClient ClientOf(string service) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null, RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1 })
    {
        BaseAddress = new Uri(Urls[service]),
    };

    /// <summary>All log lines so far, as JSON, one a line.</summary>
    public async Task<string> ReadLogAsync()
    {
        await Process.Log.FlushAsync().WaitAsync(Patience);
        return _log.Text;
    }

    /// <summary>Reads the settings that it was started with again, as SIGHUP asks for.</summary>
    public void Reload() => _reload!.Request();

    /// <summary>Stops as the first SIGTERM does, and waits for the end.</summary>
    public async Task StopAsync()
    {
        _stop.TrySetResult();
        await _running.WaitAsync(Patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _stop.TrySetResult();
        await Task.WhenAny(_running).WaitAsync(Patience);
        await Process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string> Defaults(string folder) => new()
    {
        ["HOST"] = "127.0.0.1",
        ["PORT"] = "0",
        ["GATEWAY_PORT"] = "0",
        ["PLATFORM_PORT"] = "0",
        ["AUTOMATION_PORT"] = "0",
        ["MCP_SERVER_PORT"] = "0",
        ["MANAGEMENT_HOST"] = "127.0.0.1",
        ["MANAGEMENT_PORT"] = "0",
        ["DATA_DIR"] = folder,
        ["LOG_LEVEL"] = nameof(LogLevel.Debug),
        ["SHUTDOWN_TIMEOUT"] = "5s",
    };

    private async Task ServeAsync(Func<ProcessContext, IReadOnlyList<IServiceModule>> build)
    {
        Modules = build(Process);
        _running = new ServiceProcess(Process, Modules, urls => _urls.TrySetResult(urls)).RunAsync(_stop.Task);
        await Task.WhenAny(_running, _urls.Task).WaitAsync(Patience);
        if (!_urls.Task.IsCompleted)
        {
            // It ended before it served: this throws why.
            await _running;
        }

        Urls = await _urls.Task;
    }
}
