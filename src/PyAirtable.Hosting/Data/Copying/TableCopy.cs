using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>Copies one table, a chunk of rows and the record of them in each transaction.</summary>
internal sealed class TableCopy(CopiedTable table, SourceSnapshot source, Database target, CopyProgress progress)
{
    private const int ChunkRows = 10_000;

    /// <summary>The table.</summary>
    public CopiedTable Table => table;

    /// <summary>Sums of the rows that the source has up to a key; of all where that is null.</summary>
    public async Task<RowSums> SumSourceAsync(string? upTo, CancellationToken cancel)
    {
        await using var command = source.Rows(table, null, upTo, -1);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var (sums, read) = (new RowSums(), (Func<DbDataReader, int, object?>)Read);
        while (await rows.ReadAsync(cancel))
        {
            Add(sums, rows, read);
        }

        return sums;
    }

    /// <summary>Sums of the rows that the target has.</summary>
    public async Task<RowSums> SumTargetAsync(NpgsqlConnection connection, long expected, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT {table.ColumnList} FROM {CopiedTable.Quote(table.Name)}", connection) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var (sums, read) = (new RowSums(), (Func<DbDataReader, int, object?>)((row, i) => table.Columns[i].ReadPostgres(row, i)));
        while (await rows.ReadAsync(cancel))
        {
            Add(sums, rows, read);
            await progress.ReportAsync("checking", table.Name, sums.Rows, expected);
        }

        return sums;
    }

    /// <summary>Copies what lies behind the record; answers the record of the whole table.</summary>
    /// <exception cref="CopyException">PostgreSQL refuses a row, or a value is none of its column.</exception>
    public async Task<CopyRecord> CopyAsync(CopyRecord record, CancellationToken cancel)
    {
        var total = await source.CountAsync(table, cancel);
        var isWhole = false;
        while (!isWhole)
        {
            try
            {
                (record, isWhole) = await target.WriteAsync((connection, transaction, token) => CopyChunkAsync(connection, transaction, record, token), cancel);
            }
            catch (Exception error) when (error is PostgresException or OverflowException)
            {
                throw new CopyException($"{table.Name}: rows after {record.LastKey ?? "the first"} are refused: {error.Message}", error);
            }

            await progress.ReportAsync("copying", table.Name, record.Rows, total);
        }

        return record;
    }

    private void Add(RowSums sums, DbDataReader rows, Func<DbDataReader, int, object?> read)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            sums.Add(read(rows, i));
        }

        sums.EndRow();
    }

    private async Task<(CopyRecord Record, bool IsWhole)> CopyChunkAsync(DbConnection connection, DbTransaction transaction, CopyRecord record, CancellationToken cancel)
    {
        var limit = table.Key is null ? -1 : ChunkRows;
        var keyAt = table.Key is { } key ? table.Columns.ToList().IndexOf(key) : -1;
        var sums = new RowSums(record.Rows, record.Checksum);
        var last = record.LastKey;
        await using (var command = source.Rows(table, record.LastKey, null, limit))
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        await using (var importer = await BeginImportAsync((NpgsqlConnection)connection, cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                await importer.StartRowAsync(cancel);
                for (var i = 0; i < table.Columns.Count; i++)
                {
                    var value = Read(rows, i);
                    sums.Add(value);
                    await table.Columns[i].WriteAsync(importer, value, cancel);
                }

                sums.EndRow();
                last = keyAt < 0 ? null : rows.GetString(keyAt);
            }

            await importer.CompleteAsync(cancel);
        }

        var next = record with { Rows = sums.Rows, Checksum = sums.Checksum, LastKey = last };
        await CopyRecords.WriteAsync(connection, transaction, table.Name, next, cancel);
        return (next, limit < 0 || next.Rows - record.Rows < limit);
    }

    private async Task<NpgsqlBinaryImporter> BeginImportAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var importer = await connection.BeginBinaryImportAsync($"COPY {CopiedTable.Quote(table.Name)} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancel);
        importer.Timeout = TimeSpan.Zero;
        return importer;
    }

    private object? Read(DbDataReader rows, int ordinal)
    {
        try
        {
            return table.Columns[ordinal].ReadSqlite(rows, ordinal);
        }
        catch (FormatException error)
        {
            throw new CopyException(
                string.Create(CultureInfo.InvariantCulture, $"{table.Name}, row with {table.Columns[0].Name} {rows.GetValue(0)}: {table.Columns[ordinal].Name} is no {table.Columns[ordinal].Type}"),
                error);
        }
    }
}
