using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Serving;

/// <summary>
/// One service: gateway, platform or automation. Its own executable serves it alone, the all-in-one serves all three in one
/// process. A module is built once; nothing in it connects, listens or works before it is asked to.
/// </summary>
public interface IServiceModule
{
    /// <summary>Short name: <c>gateway</c>, <c>platform</c>, <c>automation</c>. Label of its logs and metrics.</summary>
    string Name { get; }

    /// <summary>Where it listens.</summary>
    ListenSettings Listen { get; }

    /// <summary>Puts what it does with connections in clear text in front of the HTTP server.</summary>
    /// <param name="application">What keeps the record of requests.</param>
    /// <param name="next">The server.</param>
    ConnectionDelegate WrapConnections(ServiceApplication application, ConnectionDelegate next) => next;

    /// <summary>Largest request body in bytes that its server reads for any route; a route may bound more tightly.</summary>
    long MaxRequestBodyBytes { get; }

    /// <summary>Answers every request: policies around the routes.</summary>
    RequestHandler Handler { get; }

    /// <summary>What it needs to be ready.</summary>
    IReadOnlyList<ReadinessCheck> ReadinessChecks { get; }

    /// <summary>Work beside requests. Started after the listeners, stopped before they end.</summary>
    IReadOnlyList<IHostedService> Workers { get; }

    /// <summary>Brings its tables up to date; the number of migrations applied. Writes one line per migration to <paramref name="output"/>.</summary>
    Task<int> MigrateAsync(TextWriter output, CancellationToken cancel);

    /// <summary>The migrations that <see cref="MigrateAsync"/> would apply now, in order; none is.</summary>
    Task<IReadOnlyList<PlannedMigration>> PlanMigrationsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<PlannedMigration>>([]);

    /// <summary>In what its tables are not as it expects, a line each.</summary>
    Task<IReadOnlyList<string>> CheckMigrationsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Takes over, while it runs, what it can of settings that have changed; requests and connections under way go on.</summary>
    /// <param name="settings">All settings as they are now, without a mistake; its own are kept there.</param>
    /// <param name="changed">Those that differ from what it had last, of all modules and the process.</param>
    /// <returns>Those of <paramref name="changed"/> that are in force from now on. The others wait for a restart.</returns>
    /// <exception cref="Exception">It goes on as before.</exception>
    IEnumerable<SettingEntry> Reload(SettingsReader settings, IReadOnlyList<SettingEntry> changed) => [];

    /// <summary>Its OpenAPI 3.1 document, as JSON; the gateway's describes the services behind it too.</summary>
    Stream OpenOpenApi();
}
