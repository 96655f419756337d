using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>The SQLite database as it was at one moment: what is written to it meanwhile is not seen, and nothing is written by it.</summary>
internal sealed class SourceSnapshot : IAsyncDisposable
{
    private const string Applied = "SELECT module, version, applied_at FROM pyairtable_migrations ORDER BY module, version";

    private SourceSnapshot(SqliteConnection connection)
    {
        Connection = connection;
        Transaction = connection.BeginTransaction(deferred: true);
    }

    /// <summary>The connection to it.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>The transaction that holds the moment.</summary>
    public SqliteTransaction Transaction { get; }

    /// <summary>Tells databases apart: each applied its migrations at moments of its own.</summary>
    public string Identity { get; private set; } = "";

    /// <summary>Begins one.</summary>
    /// <exception cref="CopyException">The database was not made by this product.</exception>
    public static async Task<SourceSnapshot> BeginAsync(Database source, CancellationToken cancel)
    {
        var snapshot = new SourceSnapshot((SqliteConnection)await source.OpenAsync(cancel));
        try
        {
            snapshot.Identity = await snapshot.IdentifyAsync(cancel);
            return snapshot;
        }
        catch (SqliteException error)
        {
            await snapshot.DisposeAsync();
            throw new CopyException($"the source is no database of this product: {error.Message}", error);
        }
    }

    /// <summary>A statement on it.</summary>
    public SqliteCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, Transaction);
        return command;
    }

    /// <summary>Reads rows of a table in the order of its key.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">Only those behind this key.</param>
    /// <param name="upTo">Only those up to this key.</param>
    /// <param name="limit">Rows at most; -1 for all.</param>
    public SqliteCommand Rows(CopiedTable table, string? after, string? upTo, int limit)
    {
        var key = table.Key is { } column ? CopiedTable.Quote(column.Name) : null;
        var command = Command($"""
            SELECT {table.ColumnList} FROM {CopiedTable.Quote(table.Name)}
            WHERE {(after is null ? "true" : $"{key} > @after")} AND {(upTo is null ? "true" : $"{key} <= @upTo")}
            {(key is null ? "" : $"ORDER BY {key}")} LIMIT {limit.ToString(CultureInfo.InvariantCulture)}
            """);
        Bind(command, "@after", table, after);
        Bind(command, "@upTo", table, upTo);
        return command;
    }

    /// <summary>Rows of a table.</summary>
    public async Task<long> CountAsync(CopiedTable table, CancellationToken cancel)
    {
        await using var command = Command($"SELECT count(*) FROM {CopiedTable.Quote(table.Name)}");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private static void Bind(SqliteCommand command, string name, CopiedTable table, string? key)
    {
        if (key is not null)
        {
            command.Parameters.AddWithValue(name, table.Key!.IsInteger ? long.Parse(key, CultureInfo.InvariantCulture) : key);
        }
    }

    private async Task<string> IdentifyAsync(CancellationToken cancel)
    {
        var text = new StringBuilder();
        await using var command = Command(Applied);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            text.Append(CultureInfo.InvariantCulture, $"{rows.GetString(0)} {rows.GetInt64(1)} {rows.GetString(2)}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
