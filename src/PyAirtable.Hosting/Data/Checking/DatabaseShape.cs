using System.Data.Common;

namespace PyAirtable.Hosting.Data.Checking;

/// <summary>The tables of a database, or of the present schema of one, with their columns and named indexes.</summary>
internal sealed class DatabaseShape
{
    private const string SqliteColumns = """
        SELECT t.name, c.name, lower(c.type), c."notnull" = 0 AND c.pk = 0, c.dflt_value IS NOT NULL OR c.pk > 0
        FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' ORDER BY t.name, c.cid
        """;

    private const string SqliteIndexes = "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND substr(name, 1, 7) <> 'sqlite_'";

    private const string PostgresColumns = """
        SELECT c.table_name::text, c.column_name::text, c.udt_name::text || coalesce('(' || c.character_maximum_length || ')', ''),
               c.is_nullable = 'YES', c.column_default IS NOT NULL OR c.is_identity = 'YES'
        FROM information_schema.columns AS c
        JOIN information_schema.tables AS t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
        WHERE c.table_schema = current_schema() ORDER BY c.table_name, c.ordinal_position
        """;

    private const string PostgresIndexes = "SELECT tablename::text, indexname::text FROM pg_indexes WHERE schemaname = current_schema()";

    private readonly Dictionary<string, Dictionary<string, ColumnShape>> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<(string Table, string Index)> _indexes = [];

    /// <summary>Reads it.</summary>
    public static async Task<DatabaseShape> ReadAsync(DatabaseEngine engine, DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        var shape = new DatabaseShape();
        var (columns, indexes) = engine == DatabaseEngine.Sqlite ? (SqliteColumns, SqliteIndexes) : (PostgresColumns, PostgresIndexes);
        await using (var command = connection.CreateCommand())
        {
            (command.CommandText, command.Transaction) = (columns, transaction);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                shape.Table(rows.GetString(0)).Add(rows.GetString(1), new ColumnShape(rows.GetString(2), rows.GetBoolean(3), rows.GetBoolean(4)));
            }
        }
        await using (var command = connection.CreateCommand())
        {
            (command.CommandText, command.Transaction) = (indexes, transaction);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                shape._indexes.Add((rows.GetString(0), rows.GetString(1)));
            }
        }
        return shape;
    }

    /// <summary>In what <paramref name="actual"/> differs so that it matters to who expects this one: more is allowed, if it asks for nothing.</summary>
    public IEnumerable<string> FaultsOf(DatabaseShape actual)
    {
        foreach (var (table, columns) in _tables)
        {
            if (!actual._tables.TryGetValue(table, out var there))
            {
                yield return $"the table {table} is missing";
                continue;
            }
            foreach (var fault in columns.SelectMany(column => FaultsOf(column.Key, column.Value, there)).Concat(Demands(columns, there)))
            {
                yield return $"{table}.{fault}";
            }
        }
        foreach (var (table, index) in _indexes.Except(actual._indexes).Where(entry => actual._tables.ContainsKey(entry.Table)))
        {
            yield return $"the index {index} of {table} is missing";
        }
    }

    private static IEnumerable<string> FaultsOf(string name, ColumnShape expected, Dictionary<string, ColumnShape> there)
    {
        if (!there.TryGetValue(name, out var actual))
        {
            yield return $"{name} is missing";
            yield break;
        }
        if (actual.Type != expected.Type)
        {
            yield return $"{name} is {actual.Type}, not {expected.Type}";
        }
        if (actual.IsNullable != expected.IsNullable)
        {
            yield return actual.IsNullable ? $"{name} takes NULL" : $"{name} takes no NULL";
        }
        if (expected.IsFilled && !actual.IsFilled)
        {
            yield return $"{name} has no default";
        }
    }

    private static IEnumerable<string> Demands(Dictionary<string, ColumnShape> expected, Dictionary<string, ColumnShape> there) =>
        there.Where(column => !expected.ContainsKey(column.Key) && column.Value is { IsNullable: false, IsFilled: false })
            .Select(column => $"{column.Key} is not known here, and takes no row without it");

    private Dictionary<string, ColumnShape> Table(string name)
    {
        if (!_tables.TryGetValue(name, out var columns))
        {
            _tables.Add(name, columns = new(StringComparer.Ordinal));
        }
        return columns;
    }
}
