using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Data;

/// <summary>
/// The one way to a service's database, whichever engine it is. Reads take a connection; writes are one transaction
/// that is on disk before the call returns. Conventions of the SQL are in docs/storage.md.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _clock;

    private protected Database(TimeProvider clock) => _clock = clock;

    /// <summary>The engine behind this database.</summary>
    public abstract DatabaseEngine Engine { get; }

    /// <summary>Absolute path of the file of a SQLite database; null for one on a server.</summary>
    public virtual string? FilePath => null;

    /// <summary>Most connections that are open at once.</summary>
    public abstract int PoolSize { get; }

    /// <summary>Connections in use now.</summary>
    public abstract int CheckedOut { get; }

    /// <summary>Makes the database of the engine that the options name. Opens nothing: the first use does.</summary>
    public static Database Create(DatabaseOptions options, ILoggerFactory loggers, TimeProvider clock) => options.Engine switch
    {
        DatabaseEngine.Sqlite => new SqliteDatabase(options, loggers.CreateLogger<SqliteDatabase>(), clock),
        _ => new PostgresDatabase(options, clock),
    };

    /// <summary>An open connection for reads; disposing it gives it back. Waits while all are in use.</summary>
    /// <exception cref="DbException">The database cannot be reached or opened.</exception>
    public abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs the work in one transaction and commits it before returning; an error or a cancellation rolls it back.
    /// SQLite has one writer, so work waits for its turn: never call this inside the work, it would wait for itself.
    /// </summary>
    /// <exception cref="DbException">The database cannot be reached, or it refused the work.</exception>
    public abstract Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<DbConnection, DbTransaction, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(async (connection, transaction, token) =>
        {
            await work(connection, transaction, token);
            return true;
        }, cancellationToken);

    /// <summary>Whether the database answers <c>SELECT 1</c> within two seconds. Never throws.</summary>
    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(PingLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await using var connection = await OpenAsync(either.Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(either.Token);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
