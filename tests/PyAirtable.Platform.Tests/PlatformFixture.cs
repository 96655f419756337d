using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

/// <summary>One service for all tests of a class, with a database that they may also reach by SQL.</summary>
public abstract class PlatformFixture(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private TestDatabase _storage = null!;

    public ServiceHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(engine, server);
        var url = engine == DatabaseEngine.Sqlite ? "sqlite:///" + _storage.Options.SqlitePath : _storage.Options.Url;
        Host = await PlatformHost.StartAsync(url);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs SQL as another program would.</summary>
    public Task ExecuteAsync(string sql) => _storage.ExecuteAsync(sql);

    /// <summary>Reads one value as another program would.</summary>
    public Task<object?> ReadAsync(string sql) => _storage.ReadAsync(sql);
}
