using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

/// <summary>Tests on an empty database of one engine, each with a database of its own, which any number of services may share.</summary>
public abstract class EngineTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected DatabaseEngine Engine => engine;

    protected TestDatabase Storage { get; private set; } = null!;

    /// <summary>A clock that stands still.</summary>
    protected ManualTime Clock { get; } = new();

    public virtual async ValueTask InitializeAsync() => Storage = await TestDatabase.CreateAsync(engine, server);

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a service on the database.</summary>
    protected Task<ServiceHost> StartAsync(params (string Name, string Value)[] settings) => PlatformHost.StartAsync(
        engine == DatabaseEngine.Sqlite ? "sqlite:///" + Storage.Options.SqlitePath : Storage.Options.Url,
        settings.ToDictionary(setting => setting.Name, setting => setting.Value),
        Clock);

    protected Task<object?> ReadAsync(string sql) => Storage.ReadAsync(sql);

    protected Task ExecuteAsync(string sql) => Storage.ExecuteAsync(sql);
}
