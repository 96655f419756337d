using Microsoft.Data.Sqlite;
using Npgsql;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>
/// Finds the tables to copy: all that the source has but its list of migrations, roll-ups, which the services make again, and indexes that
/// the target's own triggers keep.
/// </summary>
internal static class CopyCatalogue
{
    private const string SourceTables = """
        SELECT t.name, c.name, c.pk FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' AND t.name <> 'pyairtable_migrations'
          AND instr(t.name, '_rollup') = 0 AND substr(t.name, -6) <> '_index'
        ORDER BY t.name, c.cid
        """;

    private const string TargetColumns = """
        SELECT table_name::text, column_name::text, udt_name::text FROM information_schema.columns
        WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position
        """;

    private const string TargetReferences = """
        SELECT owner.relname::text, referred.relname::text
        FROM pg_constraint AS k
        JOIN pg_class AS owner ON owner.oid = k.conrelid
        JOIN pg_class AS referred ON referred.oid = k.confrelid
        WHERE k.contype = 'f' AND owner.relnamespace = current_schema()::regnamespace AND owner.oid <> referred.oid
        """;

    /// <summary>The tables, each after those that it refers to.</summary>
    /// <exception cref="CopyException">The target lacks one, or has other columns.</exception>
    public static async Task<List<CopiedTable>> ReadAsync(SqliteConnection source, SqliteTransaction snapshot, NpgsqlConnection target, CancellationToken cancel)
    {
        var columns = await ReadTargetAsync(target, cancel);
        var references = await ReadReferencesAsync(target, cancel);
        var tables = new List<CopiedTable>();
        foreach (var (name, found) in await ReadSourceAsync(source, snapshot, cancel))
        {
            tables.Add(Match(name, found, columns.GetValueOrDefault(name, []), [.. references[name]]));
        }

        return Order(tables);
    }

    private static CopiedTable Match(string name, List<(string Name, bool IsKey)> source, List<CopiedColumn> target, IReadOnlyList<string> references)
    {
        var odd = source.Select(column => column.Name).Except(target.Select(column => column.Name))
            .Concat(target.Where(column => !column.IsKnown || source.TrueForAll(known => known.Name != column.Name)).Select(column => column.Name))
            .ToList();
        if (odd.Count > 0)
        {
            throw new CopyException(target.Count == 0
                ? $"the target has no table {name}"
                : $"the table {name} is not the same in both databases; it differs in: {string.Join(", ", odd)}");
        }

        var keys = source.FindAll(column => column.IsKey);
        return new CopiedTable(name, target, keys is [var only] ? target.Find(column => column.Name == only.Name) : null, references);
    }

    private static List<CopiedTable> Order(List<CopiedTable> tables)
    {
        var ordered = new List<CopiedTable>();
        while (tables.Find(table => table.References.All(name => ordered.Exists(done => done.Name == name))) is { } next)
        {
            ordered.Add(next);
            tables.Remove(next);
        }

        return tables.Count == 0 ? ordered : throw new CopyException($"the tables {string.Join(", ", tables.Select(table => table.Name))} refer to each other");
    }

    private static async Task<Dictionary<string, List<(string Name, bool IsKey)>>> ReadSourceAsync(SqliteConnection source, SqliteTransaction snapshot, CancellationToken cancel)
    {
        var tables = new Dictionary<string, List<(string, bool)>>();
        await using var command = source.CreateCommand();
        (command.CommandText, command.Transaction) = (SourceTables, snapshot);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            Of(tables, rows.GetString(0)).Add((rows.GetString(1), rows.GetInt64(2) > 0));
        }

        return tables;
    }

    private static async Task<Dictionary<string, List<CopiedColumn>>> ReadTargetAsync(NpgsqlConnection target, CancellationToken cancel)
    {
        var tables = new Dictionary<string, List<CopiedColumn>>();
        await using var command = new NpgsqlCommand(TargetColumns, target);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            Of(tables, rows.GetString(0)).Add(new CopiedColumn(rows.GetString(1), rows.GetString(2)));
        }

        return tables;
    }

    private static async Task<ILookup<string, string>> ReadReferencesAsync(NpgsqlConnection target, CancellationToken cancel)
    {
        var pairs = new List<(string Owner, string Referred)>();
        await using var command = new NpgsqlCommand(TargetReferences, target);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            pairs.Add((rows.GetString(0), rows.GetString(1)));
        }

        return pairs.Distinct().ToLookup(pair => pair.Owner, pair => pair.Referred);
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> tables, string name)
    {
        if (!tables.TryGetValue(name, out var list))
        {
            tables.Add(name, list = []);
        }

        return list;
    }
}
