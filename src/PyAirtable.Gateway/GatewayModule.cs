using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using PyAirtable.Gateway.Documentation;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway;

/// <summary>The gateway service: one front for all others. Two contract families share its port, see <see cref="GoFamily"/> and
/// <see cref="PythonFamily"/>; a request's path decides which of them answers.</summary>
public sealed class GatewayModule : IServiceModule
{
    // What listens is made once.
    private static readonly HashSet<string> Lasting = ["HOST", "PORT", "GATEWAY_PORT", "GO_COMPAT_PORT", "TLS_CERT_FILE", "TLS_KEY_FILE"];

    private readonly GatewayCore _core;
    private readonly long _serverMaxBodyBytes;
    private volatile GatewayRoutes _routes;

    /// <summary>Composes the gateway; nothing connects.</summary>
    public GatewayModule(GatewaySettings settings, ProcessContext process)
    {
        _core = new GatewayCore(settings, process);
        _routes = new GatewayRoutes(settings, _core);
        _routes.Enter();
        (Listen, _serverMaxBodyBytes) = (settings.Listen, settings.MaxBodyBytes);
    }

    /// <inheritdoc/>
    public string Name => "gateway";

    /// <inheritdoc/>
    public ListenSettings Listen { get; }

    /// <inheritdoc/>
    public long MaxRequestBodyBytes => _routes.Settings.MaxBodyBytes;

    /// <inheritdoc/>
    public RequestHandler Handler => AnswerAsync;

    /// <inheritdoc/>
    public IReadOnlyList<ReadinessCheck> ReadinessChecks => [];

    /// <inheritdoc/>
    public IReadOnlyList<IHostedService> Workers => _core.Workers;

    /// <summary>Sends to the WebSocket clients of sessions.</summary>
    internal ISessionMessages Messages => _core.Sockets.Messages;

    /// <summary>All routes, as method and template.</summary>
    internal IEnumerable<(string Method, string Template)> Routes => _routes.All;

    /// <inheritdoc/>
    public ConnectionDelegate WrapConnections(ServiceApplication application, ConnectionDelegate next) =>
        FastPath.FastPath.Wrap(() => _routes.Fast, application, next);

    /// <inheritdoc/>
    public IEnumerable<SettingEntry> Reload(SettingsReader settings, IReadOnlyList<SettingEntry> changed)
    {
        var mine = changed.Where(static entry => entry.Section == GatewaySettings.Section && !Lasting.Contains(entry.Name)).ToList();
        if (mine.Count > 0 && settings.Kept<GatewaySettings>() is { } next)
        {
            var before = _routes;
            var after = new GatewayRoutes(next, _core, before);
            after.Enter();
            _routes = after;
            before.GiveWayTo(after);
        }
        return mine;
    }

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) => Task.FromResult(0);

    /// <inheritdoc/>
    public Stream OpenOpenApi() => new MemoryStream(ProductDocument.Merge(indented: true));

    private Task AnswerAsync(RequestContext request)
    {
        var routes = _routes;
        if (routes.Settings.MaxBodyBytes != _serverMaxBodyBytes && request.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The server still holds to the limit that it was started with.
            size.MaxRequestBodySize = routes.Settings.MaxBodyBytes;
        }
        return routes.AnswerAsync(request);
    }
}
