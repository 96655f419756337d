using Microsoft.Data.Sqlite;
using PyAirtable.Hosting.Data;
using SQLitePCL;

namespace PyAirtable.Platform.Ingestion;

/// <summary>Adds rows to a table of a SQLite file: one prepared statement, run for each row in one transaction.</summary>
internal sealed class SqliteRowStore<TRow>(Database database, RowTable<TRow> table) : IRowStore<TRow>
    where TRow : IRow
{
    // SQLite's result codes (sqlite.org/rescode.html).
    private const int Error = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    /// <summary>SQLite has one writer.</summary>
    public int Writers => 1;

    /// <inheritdoc/>
    public Task InsertAsync(IReadOnlyList<TRow> rows, CancellationToken cancel) => database.WriteAsync(
        (connection, transaction, _) =>
        {
            Insert((SqliteConnection)connection, (SqliteTransaction)transaction, rows);
            return Task.CompletedTask;
        },
        cancel);

    /// <inheritdoc/>
    public bool IsRefusal(Exception error) => error is SqliteException { SqliteErrorCode: Error or TooBig or Constraint or Mismatch };

    private void Insert(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<TRow> rows)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = table.SqliteInsert;
        var parameters = new SqliteParameter[table.Columns.Count];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = command.Parameters.AddWithValue("@" + table.Columns[i].Name, null);
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                table.Columns[i].Bind(parameters[i], row);
            }

            command.ExecuteNonQuery();
            row.Id = checked((int)raw.sqlite3_last_insert_rowid(connection.Handle));
        }
    }
}
