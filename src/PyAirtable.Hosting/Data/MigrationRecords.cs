using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PyAirtable.Hosting.Data;

/// <summary>The table <c>pyairtable_migrations</c>: what was applied, when, and from which text.</summary>
internal static class MigrationRecords
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS pyairtable_migrations (
          module varchar(100) NOT NULL,
          version integer NOT NULL,
          name varchar(200) NOT NULL,
          checksum varchar(64) NOT NULL,
          applied_at timestamp NOT NULL,
          PRIMARY KEY (module, version)
        )
        """;

    // Held until the transaction ends, however it ends; the number is this table's alone.
    private const string Lock = "SELECT pg_advisory_xact_lock(7596553268105236321)";

    /// <summary>Checksums by module and version; empty when nothing was ever applied.</summary>
    public static async Task<Dictionary<(string Module, int Version), string>> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<(string, int), string>();
        await using var command = Command(connection, transaction, "SELECT module, version, checksum FROM pyairtable_migrations");
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                applied.Add((reader.GetString(0), reader.GetInt32(1)), reader.GetString(2));
            }
        }
        catch (DbException error) when (IsNoTable(error))
        {
            applied.Clear();
        }

        return applied;
    }

    /// <summary>Makes this transaction the only one that migrates, and the table there.</summary>
    public static async Task LockAsync(Database database, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        // SQLite's transaction is immediate, so it excludes every other writer as it is.
        if (database.Engine == DatabaseEngine.PostgreSql)
        {
            await RunAsync(connection, transaction, Lock, cancellationToken);
        }

        await RunAsync(connection, transaction, Create, cancellationToken);
    }

    /// <summary>Runs the migration's SQL and records it.</summary>
    public static async Task ApplyAsync(DbConnection connection, DbTransaction transaction, Migration migration, DateTime now, CancellationToken cancellationToken)
    {
        await RunAsync(connection, transaction, migration.Sql, cancellationToken);
        await using var command = Command(connection, transaction, """
            INSERT INTO pyairtable_migrations (module, version, name, checksum, applied_at)
            VALUES (@module, @version, @name, @checksum, @applied_at)
            """);
        command.Add("@module", migration.Step.Module);
        command.Add("@version", migration.Step.Version);
        command.Add("@name", migration.Step.Name);
        command.Add("@checksum", migration.Checksum);
        command.Add("@applied_at", now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RunAsync(DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, transaction, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Without a time limit of its own: a migration, or the wait for another's, takes as long as it takes.</summary>
    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.Transaction = transaction;
        return command;
    }

    private static bool IsNoTable(DbException error) => error switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UndefinedTable,
        SqliteException sqlite => sqlite.SqliteErrorCode == 1 && sqlite.Message.Contains("no such table", StringComparison.Ordinal),
        _ => false,
    };
}
