namespace PyAirtable.Hosting.Data.Copying;

/// <summary>A table that both databases have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in PostgreSQL's order.</param>
/// <param name="Key">Its primary key, where that is one column; null else, and then it is copied in one go.</param>
/// <param name="References">The other tables that its foreign keys point to.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, CopiedColumn? Key, IReadOnlyList<string> References)
{
    /// <summary>Its columns for a statement.</summary>
    public string ColumnList { get; } = string.Join(", ", Columns.Select(column => Quote(column.Name)));

    /// <summary>A name of the database's catalogue as SQL writes it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
