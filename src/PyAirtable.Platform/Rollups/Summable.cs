namespace PyAirtable.Platform.Rollups;

/// <summary>Which numbers are summed: neither NaN nor infinite (D-20), nor so large that a sum could leave the range of a double,
/// which PostgreSQL answers with an error.</summary>
internal static class Summable
{
    /// <summary>SQL that asks it of a column of doubles. NaN is above all numbers in PostgreSQL, and cannot be stored in SQLite.</summary>
    public const string Sql = "BETWEEN -1e290 AND 1e290";
}
