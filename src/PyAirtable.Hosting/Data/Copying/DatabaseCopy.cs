using System.Globalization;
using Npgsql;
using PyAirtable.Hosting.CommandLine;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>
/// Copies a SQLite database, in use or not, into a PostgreSQL one that has the same migrations and no other rows. Cut off at any
/// point, the same copy goes on where it was; run again later, it brings over what was added since. Rows that changed in the
/// source make their table, and those that refer to it, be copied anew.
/// </summary>
public sealed class DatabaseCopy(Database source, Database target, TextWriter output, TimeProvider clock)
{
    // Held by a connection; the number is the copy's alone.
    private const string TryLock = "SELECT pg_try_advisory_lock(7596553268105236322)";
    private const string Unlock = "SELECT pg_advisory_unlock(7596553268105236322)";

    private readonly CopyProgress _progress = new(output, clock);

    /// <summary>Does what the command line asks for.</summary>
    /// <exception cref="CopyMisuseException">The URLs are not those of a SQLite file that is there and of a PostgreSQL database.</exception>
    /// <exception cref="CopyException">As <see cref="RunAsync(CancellationToken)"/>.</exception>
    public static async Task RunAsync(CopyRequest request, CancellationToken cancel)
    {
        var from = Parse(request.From, DatabaseEngine.Sqlite, "--from", "a SQLite URL such as sqlite:////data/pyairtable.db", request.DataDirectory);
        var to = Parse(request.To, DatabaseEngine.PostgreSql, "--to, or DATABASE_URL,", "a PostgreSQL URL such as postgresql://user:password@host:5432/database", request.DataDirectory);
        if (!File.Exists(from.SqlitePath))
        {
            throw new CopyMisuseException($"there is no file {from.SqlitePath}");
        }

        await request.MigrateTarget(cancel);
        await using var source = Database.Create(from, request.Log, request.Clock);
        await using var target = Database.Create(to, request.Log, request.Clock);
        await new DatabaseCopy(source, target, request.Output, request.Clock).RunAsync(cancel);
    }

    /// <summary>Copies, compares both databases row by row, and says what it found of each table.</summary>
    /// <exception cref="CopyException">It cannot start, or both sides differ at the end.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was copied so far stays.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = (NpgsqlConnection)await target.OpenAsync(cancel);
        if (!await AskAsync(TryLock, connection, cancel))
        {
            throw new CopyException("another copy into the target is under way");
        }

        try
        {
            await RunAsync(connection, cancel);
        }
        finally
        {
            await AskAsync(Unlock, connection, CancellationToken.None);
        }
    }

    private async Task RunAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var snapshot = await SourceSnapshot.BeginAsync(source, cancel);
        await RequireSameMigrationsAsync(snapshot, connection, cancel);
        var tables = (await CopyCatalogue.ReadAsync(snapshot.Connection, snapshot.Transaction, connection, cancel))
            .ConvertAll(table => new TableCopy(table, snapshot, target, _progress));
        var records = await CopyRecords.ReadAsync(connection, cancel);

        await RequireOwnRowsAsync(tables, records, snapshot.Identity, connection, cancel);
        await EmptyChangedAsync(tables, records, cancel);
        foreach (var table in tables)
        {
            records[table.Table.Name] = records.TryGetValue(table.Table.Name, out var record) && table.Table.Key is null
                ? record
                : await table.CopyAsync(record ?? new CopyRecord(snapshot.Identity, 0, 0, null), cancel);
        }

        foreach (var table in tables)
        {
            await VerifyAsync(table, records[table.Table.Name], connection, cancel);
        }
    }

    private static DatabaseOptions Parse(string url, DatabaseEngine engine, string name, string accepts, string dataDirectory) =>
        DatabaseOptions.TryParse(url, dataDirectory, out var options, out _) && options!.Engine == engine
            ? options
            : throw new CopyMisuseException($"{name} takes {accepts}");

    private static async Task<bool> AskAsync(string question, NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static async Task RequireSameMigrationsAsync(SourceSnapshot source, NpgsqlConnection target, CancellationToken cancel)
    {
        var old = await MigrationRecords.ReadAsync(source.Connection, source.Transaction, cancel);
        var present = await MigrationRecords.ReadAsync(target, null, cancel);
        if (present.Keys.Except(old.Keys).ToList() is [var (module, version), ..])
        {
            throw new CopyException($"the source lacks the migration {module} {version}: run migrate on it first");
        }

        if (old.Keys.Except(present.Keys).ToList() is [var (more, than), ..])
        {
            throw new CopyException($"the source has the migration {more} {than}, which this program does not know: use the program that made it");
        }
    }

    /// <summary>Refuses a target with rows that this source did not give, or that were changed since.</summary>
    private static async Task RequireOwnRowsAsync(List<TableCopy> tables, Dictionary<string, CopyRecord> records, string identity, NpgsqlConnection connection, CancellationToken cancel)
    {
        var odd = new List<string>();
        foreach (var table in tables)
        {
            var record = records.GetValueOrDefault(table.Table.Name);
            var expected = record?.Source == identity ? (record.Rows, record.Checksum) : default;
            var found = await table.SumTargetAsync(connection, expected.Rows, cancel);
            if ((found.Rows, found.Checksum) != expected)
            {
                odd.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Table.Name} ({found.Rows:N0} rows)"));
            }
        }

        if (odd.Count > 0)
        {
            throw new CopyException($"the target has rows that are not from this source, or were changed since: {string.Join(", ", odd)}. Nothing was changed; give an empty database");
        }
    }

    private async Task EmptyChangedAsync(List<TableCopy> tables, Dictionary<string, CopyRecord> records, CancellationToken cancel)
    {
        var changed = new List<string>();
        foreach (var table in tables)
        {
            if (table.Table.References.Any(changed.Contains) || (records.TryGetValue(table.Table.Name, out var record) && await IsChangedAsync(table, record, cancel)))
            {
                changed.Add(table.Table.Name);
            }
        }

        if (changed.Count > 0)
        {
            await output.WriteLineAsync($"changed in the source since they were copied, and copied anew: {string.Join(", ", changed)}");
            await target.WriteAsync((at, transaction, token) => CopyRecords.EmptyAsync(at, transaction, changed, token), cancel);
            changed.ForEach(name => records.Remove(name));
        }
    }

    private static async Task<bool> IsChangedAsync(TableCopy table, CopyRecord record, CancellationToken cancel)
    {
        if (record.Rows == 0 && table.Table.Key is not null)
        {
            return false;
        }

        var now = await table.SumSourceAsync(record.LastKey, cancel);
        return (now.Rows, now.Checksum) != (record.Rows, record.Checksum);
    }

    private async Task VerifyAsync(TableCopy table, CopyRecord record, NpgsqlConnection connection, CancellationToken cancel)
    {
        var found = await table.SumTargetAsync(connection, record.Rows, cancel);
        if ((found.Rows, found.Checksum) != (record.Rows, record.Checksum))
        {
            throw new CopyException(string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Table.Name}: {record.Rows:N0} rows with checksum {record.Checksum:x16} in the source, {found.Rows:N0} with {found.Checksum:x16} in the target: something else writes to it"));
        }

        await SetSequenceAsync(table.Table, connection, cancel);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{table.Table.Name,-28} {found.Rows,12:N0} rows  checksum {found.Checksum:x16}, equal on both sides"));
    }

    /// <summary>The next row that a service adds gets a number behind those copied.</summary>
    private static async Task SetSequenceAsync(CopiedTable table, NpgsqlConnection connection, CancellationToken cancel)
    {
        if (table.Key is not { IsInteger: true } key)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            $"""
            SELECT setval(sequence, last) FROM (
              SELECT pg_get_serial_sequence(@table, @key) AS sequence, (SELECT max({CopiedTable.Quote(key.Name)}) FROM {CopiedTable.Quote(table.Name)}) AS last
            ) AS found WHERE sequence IS NOT NULL AND last IS NOT NULL
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string>("table", CopiedTable.Quote(table.Name)));
        command.Parameters.Add(new NpgsqlParameter<string>("key", key.Name));
        await command.ExecuteScalarAsync(cancel);
    }
}
