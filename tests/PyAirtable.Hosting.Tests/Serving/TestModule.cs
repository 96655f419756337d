using Microsoft.Extensions.Hosting;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Tests.Serving;

/// <summary>A module of which a test says only what matters to it.</summary>
internal class TestModule(string name, RequestHandler handler) : IServiceModule
{
    public string Name => name;

    public ListenSettings Listen { get; } = new(System.Net.IPAddress.Loopback, 0);

    public long MaxRequestBodyBytes { get; init; } = 1000;

    public RequestHandler Handler => handler;

    public IReadOnlyList<ReadinessCheck> ReadinessChecks { get; init; } = [];

    public IReadOnlyList<IHostedService> Workers { get; init; } = [];

    public Task<int> MigrateAsync(TextWriter output, CancellationToken cancel) => Task.FromResult(0);

    public Stream OpenOpenApi() => new MemoryStream("{}"u8.ToArray());
}
