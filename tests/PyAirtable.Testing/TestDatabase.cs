using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Testing;

/// <summary>An empty database of either engine for one test class; disposing it closes it and removes a SQLite file.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _folder;

    private TestDatabase(string folder, string url)
    {
        _folder = folder;
        Options = DatabaseOptions.TryParse(url, folder, out var options, out var error) ? options! : throw new InvalidOperationException(error);
        Database = Open();
    }

    /// <summary>The database's options, with its <c>DATABASE_URL</c>.</summary>
    public DatabaseOptions Options { get; }

    /// <summary>The database itself, open until this is disposed.</summary>
    public Database Database { get; }

    /// <summary>A new database; the server is started only for PostgreSQL.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseEngine engine, PostgresServer server)
    {
        var folder = Directory.CreateTempSubdirectory("pyairtable-test-").FullName;
        return new(folder, engine == DatabaseEngine.Sqlite ? "" : await server.CreateDatabaseAsync());
    }

    /// <summary>A second way into the same database, as another process would have; the caller disposes it.</summary>
    public Database Open(TimeProvider? clock = null, ILoggerFactory? loggers = null) =>
        Database.Create(Options, loggers ?? NullLoggerFactory.Instance, clock ?? TimeProvider.System);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
