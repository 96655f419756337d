using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>The gateway, with a count of the requests that its HTTP server took: an answer without one is of the fast path.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="isFast">Whether it has a fast path.</param>
internal sealed class CountedModule(GatewayModule gateway, bool isFast = true) : IServiceModule
{
    private int _served;

    /// <summary>Requests that went through the server.</summary>
    public int Served => Volatile.Read(ref _served);

    /// <summary>The gateway.</summary>
    public GatewayModule Gateway => gateway;

    public string Name => gateway.Name;

    public ListenSettings Listen => gateway.Listen;

    public long MaxRequestBodyBytes => gateway.MaxRequestBodyBytes;

    public RequestHandler Handler => request =>
    {
        Interlocked.Increment(ref _served);
        return gateway.Handler(request);
    };

    public IReadOnlyList<ReadinessCheck> ReadinessChecks => gateway.ReadinessChecks;

    public IReadOnlyList<IHostedService> Workers => gateway.Workers;

    public ConnectionDelegate WrapConnections(ServiceApplication application, ConnectionDelegate next) => isFast ? gateway.WrapConnections(application, next) : next;

    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) => gateway.MigrateAsync(output, cancel);

    public Stream OpenOpenApi() => gateway.OpenOpenApi();
}
