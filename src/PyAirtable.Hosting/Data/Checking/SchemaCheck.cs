using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PyAirtable.Hosting.Data.Checking;

/// <summary>
/// Compares a database with what its migrations make. That is found out by running them: on SQLite in memory, on PostgreSQL in a schema of
/// its own within a transaction that is taken back, so that nothing is locked, kept, or seen by others.
/// </summary>
/// <param name="database">The database.</param>
internal sealed class SchemaCheck(Database database)
{
    /// <summary>What differs.</summary>
    /// <exception cref="DbException">The database cannot be reached, or lets nobody make a schema.</exception>
    public async Task<IReadOnlyList<string>> FindFaultsAsync(IReadOnlyList<MigrationSet> sets, CancellationToken cancel)
    {
        var migrations = sets.SelectMany(set => Migration.Load(set, database.Engine)).ToList();
        return database.Engine == DatabaseEngine.Sqlite ? await CheckSqliteAsync(migrations, cancel) : await CheckPostgresAsync(migrations, cancel);
    }

    private async Task<IReadOnlyList<string>> CheckSqliteAsync(List<Migration> migrations, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var actual = await DatabaseShape.ReadAsync(database.Engine, connection, null, cancel);
        await using var scratch = new SqliteConnection("Data Source=:memory:");
        await scratch.OpenAsync(cancel);
        await RunAsync(scratch, null, migrations.Select(migration => migration.Sql), cancel);
        return [.. (await DatabaseShape.ReadAsync(database.Engine, scratch, null, cancel)).FaultsOf(actual)];
    }

    private async Task<IReadOnlyList<string>> CheckPostgresAsync(List<Migration> migrations, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var actual = await DatabaseShape.ReadAsync(database.Engine, connection, transaction, cancel);
        var schema = $"pyairtable_check_{Guid.NewGuid():N}";
        await RunAsync(connection, transaction, [$"CREATE SCHEMA {schema}", $"SET LOCAL search_path TO {schema}", .. migrations.Select(migration => migration.Sql)], cancel);
        var expected = await DatabaseShape.ReadAsync(database.Engine, connection, transaction, cancel);
        await transaction.RollbackAsync(CancellationToken.None);
        return [.. expected.FaultsOf(actual)];
    }

    private static async Task RunAsync(DbConnection connection, DbTransaction? transaction, IEnumerable<string> statements, CancellationToken cancel)
    {
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (statement, transaction);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
