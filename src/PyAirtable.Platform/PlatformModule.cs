using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.ApiV1;
using PyAirtable.Platform.Events;
using PyAirtable.Platform.Ingestion;
using PyAirtable.Platform.Metrics;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Status;

namespace PyAirtable.Platform;

/// <summary>The platform service: accounts, sessions, tokens and analytics.</summary>
public sealed class PlatformModule : IServiceModule
{
    private static readonly MigrationSet Migrations = new("platform", typeof(PlatformModule).Assembly, "Migrations/");
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS"];

    private readonly PlatformSettings _settings;
    private readonly ProcessContext _process;
    private readonly Database _database;
    private readonly ApiKeys _keys;
    private readonly IRateLimiter? _limiter;

    /// <summary>Composes the service; nothing is opened yet.</summary>
    public PlatformModule(PlatformSettings settings, ProcessContext process, Database database)
    {
        (_settings, _process, _database) = (settings, process, database);
        _keys = new ApiKeys(settings.ClientKeys);
        _limiter = CreateLimiter();
        ReadinessChecks = [new ReadinessCheck("database", database.PingAsync)];
        var log = process.Log.CreateLogger("platform");
        var bounds = new IngestionOptions();
        var events = new EventIngestion(database, new EventFeed(process), process, bounds);
        var metrics = new MetricIngestion(database, process, bounds);
        var identity = new Identity(settings, process, database, events, log);

        Routes = new RouteTable();
        var guard = new RouteGuard(settings, _keys);
        MapStatus();
        AccountRoutes.Map(Routes, guard, identity, log);
        SessionRoutes.Map(Routes, guard, identity, log);

        var api = new ApiFamily(settings.CorsOrigins, new ApiBearerCheck(identity.Authenticator), next => Guard(next, GoError.Prepare), process.Clock);
        RoutesV1 = api.Routes;
        ApiRoutes.Map(RoutesV1, new RouteGuard(settings, _keys, GoError.Prepare), identity, events, database, log);

        EventRoutes.Map(Routes, guard, new EventEndpoint(events, process.Clock), log);
        MetricRoutes.Map(Routes, guard, new MetricEndpoint(metrics, process.Clock), log);
        var reads = new AnalyticsReads(settings, process, database);
        reads.Map(Routes, guard);
        Workers = [.. identity.Workers, .. reads.Workers];

        var cors = new Cors(new CorsOptions { Origins = settings.CorsOrigins, Methods = Methods, Credentials = !settings.CorsOrigins.Contains("*") });
        var python = cors.Wrap(Guard(Routes.DispatchAsync, DetailError.Prepare));
        Handler = request => ApiFamily.Owns(request.Http.Request.Path.Value) ? api.Handler(request) : python(request);
    }

    /// <inheritdoc/>
    public string Name => "platform";

    /// <inheritdoc/>
    public ListenSettings Listen => _settings.Listen;

    /// <inheritdoc/>
    public long MaxRequestBodyBytes => 10 * 1024 * 1024;

    /// <inheritdoc/>
    public RequestHandler Handler { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers { get; }

    private Migrator Migrator => new(_database, _process.Log, _process.Clock);

    /// <summary>The Python routes.</summary>
    internal RouteTable Routes { get; }

    /// <summary>The routes under <c>/api/v1</c>.</summary>
    internal RouteTable RoutesV1 { get; }

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
        Migrator.ApplyAsync([Migrations], output, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PlannedMigration>> PlanMigrationsAsync(CancellationToken cancel) => Migrator.PlanAsync([Migrations], cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckMigrationsAsync(CancellationToken cancel) => Migrator.CheckAsync([Migrations], cancel);

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

    // Around the routes of both styles.
    private RequestHandler Guard(RequestHandler routes, ErrorStyle style) =>
        new HostCheck(_settings.AllowedHosts).Wrap(_limiter is null ? routes : new RateLimit(_limiter, ["/health", _settings.MetricsPath ?? "/health"], style).Wrap(routes));

    private IRateLimiter? CreateLimiter()
    {
        if (_settings.RateLimitPerMinute <= 0)
        {
            return null;
        }

        var options = new RateLimitOptions(_settings.RateLimitPerMinute, _settings.RateLimitPerMinute);
        var local = new LocalRateLimiter(options, _process.Clock);
        return _process.Redis is { } redis ? new RedisRateLimiter(redis, local, options, _process.Clock, _process.Log) : local;
    }
}
