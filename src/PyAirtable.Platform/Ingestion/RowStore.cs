using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Ingestion;

/// <summary>Makes the store of a table for the engine at hand.</summary>
internal static class RowStore
{
    /// <summary>The table in that database.</summary>
    public static IRowStore<TRow> Of<TRow>(Database database, RowTable<TRow> table)
        where TRow : IRow =>
        database.Engine == DatabaseEngine.PostgreSql ? new PostgresRowStore<TRow>(database, table) : new SqliteRowStore<TRow>(database, table);
}
