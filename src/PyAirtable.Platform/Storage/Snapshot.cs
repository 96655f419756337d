using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Storage;

/// <summary>A connection on which all reads see the database at one moment.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private Snapshot(DbConnection connection, DbTransaction transaction) => (Connection, Transaction) = (connection, transaction);

    /// <summary>The connection.</summary>
    public DbConnection Connection { get; }

    /// <summary>To be given to every statement on it.</summary>
    public DbTransaction Transaction { get; }

    /// <summary>Opens one; the moment is that of the first read.</summary>
    public static async Task<Snapshot> OpenAsync(Database database, CancellationToken cancel)
    {
        var connection = await database.OpenAsync(cancel);
        try
        {
            // SQLite's default would take the lock of the one writer.
            return new Snapshot(connection, connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true)
                : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
