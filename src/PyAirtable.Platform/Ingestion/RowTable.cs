namespace PyAirtable.Platform.Ingestion;

/// <summary>A table that rows are added to.</summary>
/// <param name="PostgresInsert">Adds rows given as one array per column, <c>$1</c> and so on, and returns their ids in that order.</param>
/// <param name="SqliteInsert">Adds one row given by parameters that are named as the columns.</param>
/// <param name="Columns">The columns, in the order of the parameters; without the id, which the database gives.</param>
internal sealed record RowTable<TRow>(string PostgresInsert, string SqliteInsert, IReadOnlyList<Column<TRow>> Columns)
    where TRow : IRow;
