using System.Data.Common;
using Npgsql;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>
/// The table <c>pyairtable_copies</c> of the target: a row for each copied table, written in the transaction that writes the
/// rows themselves. So it is always true, and a copy that was cut off goes on from it.
/// </summary>
internal static class CopyRecords
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS pyairtable_copies (
          table_name varchar(100) PRIMARY KEY,
          source varchar(64) NOT NULL,
          row_count bigint NOT NULL,
          checksum bigint NOT NULL,
          last_key text
        )
        """;

    private const string Select = "SELECT table_name, source, row_count, checksum, last_key FROM pyairtable_copies";

    private const string Upsert = """
        INSERT INTO pyairtable_copies (table_name, source, row_count, checksum, last_key)
        VALUES (@table, @source, @rows, @checksum, @last)
        ON CONFLICT (table_name) DO UPDATE
        SET source = excluded.source, row_count = excluded.row_count, checksum = excluded.checksum, last_key = excluded.last_key
        """;

    /// <summary>The records by table, which is made where it is not there.</summary>
    public static async Task<Dictionary<string, CopyRecord>> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using (var create = new NpgsqlCommand(Create, connection))
        {
            await create.ExecuteNonQueryAsync(cancel);
        }

        var records = new Dictionary<string, CopyRecord>();
        await using var command = new NpgsqlCommand(Select, connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            records.Add(rows.GetString(0), new CopyRecord(rows.GetString(1), rows.GetInt64(2), unchecked((ulong)rows.GetInt64(3)), rows.IsDBNull(4) ? null : rows.GetString(4)));
        }

        return records;
    }

    /// <summary>Writes a table's record.</summary>
    public static async Task WriteAsync(DbConnection connection, DbTransaction transaction, string table, CopyRecord record, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Upsert, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        command.Parameters.Add(new NpgsqlParameter<string>("table", table));
        command.Parameters.Add(new NpgsqlParameter<string>("source", record.Source));
        command.Parameters.Add(new NpgsqlParameter<long>("rows", record.Rows));
        command.Parameters.Add(new NpgsqlParameter<long>("checksum", unchecked((long)record.Checksum)));
        command.Parameters.Add(new NpgsqlParameter("last", NpgsqlTypes.NpgsqlDbType.Text) { Value = (object?)record.LastKey ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Takes all rows out of some tables, and their records.</summary>
    public static async Task EmptyAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<string> tables, CancellationToken cancel)
    {
        var truncate = $"TRUNCATE {string.Join(", ", tables.Select(CopiedTable.Quote))}";
        await using (var command = new NpgsqlCommand(truncate, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction))
        {
            await command.ExecuteNonQueryAsync(cancel);
        }

        await using var delete = new NpgsqlCommand("DELETE FROM pyairtable_copies WHERE table_name = ANY(@tables)", (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        delete.Parameters.Add(new NpgsqlParameter<string[]>("tables", [.. tables]));
        await delete.ExecuteNonQueryAsync(cancel);
    }
}
