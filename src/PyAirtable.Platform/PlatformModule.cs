using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Transport;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Events;
using PyAirtable.Platform.Ingestion;
using PyAirtable.Platform.Metrics;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Status;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform;

/// <summary>The platform service: accounts and tokens.</summary>
public sealed class PlatformModule : IServiceModule
{
    // A hash takes about a quarter of a second: what waits is done within about eight.
    private const int WaitingHashesPerThread = 32;

    private static readonly MigrationSet Migrations = new("platform", typeof(PlatformModule).Assembly, "Migrations/");
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS"];

    private readonly PlatformSettings _settings;
    private readonly ProcessContext _process;
    private readonly Database _database;
    private readonly ApiKeys _keys;

    /// <summary>Composes the service; nothing is opened yet.</summary>
    public PlatformModule(PlatformSettings settings, ProcessContext process, Database database)
    {
        (_settings, _process, _database) = (settings, process, database);
        _keys = new ApiKeys(settings.ClientKeys);
        ReadinessChecks = [new ReadinessCheck("database", database.PingAsync)];
        Routes = new RouteTable();
        MapStatus();
        MapAccounts();
        MapIngestion();
        var cors = new Cors(new CorsOptions { Origins = settings.CorsOrigins, Methods = Methods, Credentials = !settings.CorsOrigins.Contains("*") });
        Transport = new EpollTransport(process.Loops);
        Handler = cors.Wrap(new HostCheck(settings.AllowedHosts).Wrap(Routes.DispatchAsync));
    }

    /// <inheritdoc/>
    public string Name => "platform";

    /// <inheritdoc/>
    public ListenSettings Listen => _settings.Listen;

    /// <inheritdoc/>
    public IConnectionListenerFactory? Transport { get; }

    /// <inheritdoc/>
    public long MaxRequestBodyBytes => 10 * 1024 * 1024;

    /// <inheritdoc/>
    public RequestHandler Handler { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers => [];

    /// <summary>All routes.</summary>
    internal RouteTable Routes { get; }

    /// <inheritdoc/>
    public IEnumerable<SettingEntry> Reload(SettingsReader settings, IReadOnlyList<SettingEntry> changed)
    {
        if (settings.Kept<PlatformSettings>() is { } next)
        {
            _keys.Replace(next.ClientKeys);
        }
        return changed.Where(static entry => entry is { Section: PlatformSettings.Section, Name: "API_KEY" or "API_KEYS" });
    }

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) =>
        new Migrator(_database, _process.Log, _process.Clock).ApplyAsync([Migrations], output, cancel);

    /// <inheritdoc/>
    public Stream OpenOpenApi() => OpenApiDocument.Open<PlatformModule>();

    private void MapStatus()
    {
        Routes
            .Get("/", new RootEndpoint(_process.Clock).GetAsync)
            .Get("/health", new HealthEndpoint(_database, _process.Redis, _process.Clock).GetAsync);
        if (!_process.Settings.IsProduction)
        {
            Routes.Get("/openapi.json", OpenApiDocument.GetAsync<PlatformModule>);
        }

        if (_settings.MetricsPath is { } path)
        {
            Routes.Get(path, new MetricsEndpoint(_process.Metrics).GetAsync);
        }
    }

    private void MapAccounts()
    {
        var (clock, log) = (_process.Clock, _process.Log.CreateLogger("platform"));
        var pool = _process.Own(new HashingPool(Environment.ProcessorCount, WaitingHashesPerThread * Environment.ProcessorCount));
        _process.Metrics.AddGauge("pyairtable_password_hashes_waiting", "Passwords that wait to be hashed or compared.", () => pool.Waiting);
        var users = new UserStore(_database);
        var passwords = new PasswordHasher(_settings.PasswordHashRounds, pool);
        var tokens = new AccessTokens(_settings.Tokens, clock);
        var guard = new RouteGuard(_settings, _keys);
        var register = new RegisterEndpoint(users, new PasswordRules(_settings.PasswordMinLength), passwords, tokens, new EventAnnouncer(_process.Events, Name, clock, log), clock);
        var login = new LoginEndpoint(users, passwords, tokens, new LoginThrottle(clock));
        var profile = new ProfileEndpoint(new BearerCheck(tokens, users, log));

        Map("POST", "/auth", "/register", guard.Keyed(new FailureAnswer("Registration failed", log).Wrap(register.RegisterAsync)));
        Map("POST", "/auth", "/login", guard.Keyed(new FailureAnswer("Login failed", log).Wrap(login.LoginAsync)));
        Map("GET", "/auth", "/verify", guard.Keyed(profile.VerifyAsync));
        Map("GET", "/auth", "/profile", guard.Keyed(profile.GetAsync));
    }

    private void MapIngestion()
    {
        var (guard, log, bounds) = (new RouteGuard(_settings, _keys), _process.Log.CreateLogger("platform"), new IngestionOptions());
        var events = new EventIngestion(_database, new EventFeed(_process), _process, bounds);
        EventRoutes.Map(Routes, guard, new EventEndpoint(events, _process.Clock), log);
        MetricRoutes.Map(Routes, guard, new MetricEndpoint(new MetricIngestion(_database, _process, bounds), _process.Clock), log);
    }

    /// <summary>Maps a route with its legacy twin, which has no prefix (D-5).</summary>
    private void Map(string method, string prefix, string path, RequestHandler handler)
    {
        Routes.Map(method, prefix + path, handler);
        Routes.Map(method, path, RouteGuard.Deprecated(handler));
    }
}
