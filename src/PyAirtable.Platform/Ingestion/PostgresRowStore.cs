using System.Data;
using Npgsql;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Ingestion;

/// <summary>Adds rows to a table of a PostgreSQL server: one statement, which is a transaction by itself, so one round trip.</summary>
/// <remarks>COPY costs the server a third less, but returns no ids: they would have to be taken from the sequence beforehand, one by
/// one since others use it too, and that with its second round trip costs as much.</remarks>
internal sealed class PostgresRowStore<TRow>(Database database, RowTable<TRow> table) : IRowStore<TRow>
    where TRow : IRow
{
    /// <summary>While one transaction waits for the disk the other is made; the server then syncs both at once.</summary>
    public int Writers => 2;

    /// <inheritdoc/>
    public async Task InsertAsync(IReadOnlyList<TRow> rows, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = table.PostgresInsert;
        foreach (var column in table.Columns)
        {
            command.Parameters.Add(column.ToArray(rows));
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        foreach (var row in rows)
        {
            row.Id = await reader.ReadAsync(cancel) ? reader.GetInt32(0) : throw new DataException("The database kept fewer rows than it was given.");
        }

        // The ids come before the commit: only the end of the answer says that it is done.
        await reader.NextResultAsync(cancel);
    }

    /// <summary>Whatever the server says, but for what lies in the server itself: connection (08), read-only (25), rollback for the sake of
    /// others (40), resources (53), shutdown (57), system (58).</summary>
    public bool IsRefusal(Exception error) => error is PostgresException { SqlState: var state } && state[..2] is not ("08" or "25" or "40" or "53" or "57" or "58");
}
