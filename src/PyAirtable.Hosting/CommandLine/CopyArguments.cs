namespace PyAirtable.Hosting.CommandLine;

/// <summary>What follows <c>migrate</c> where a database is to be copied.</summary>
/// <param name="From">URL of the SQLite database.</param>
/// <param name="To">URL of the PostgreSQL database; null for that of <c>DATABASE_URL</c>.</param>
internal sealed record CopyArguments(string From, string? To)
{
    /// <summary>An example, after <c>migrate --from</c>.</summary>
    public const string Example = "sqlite:////data/pyairtable.db --to postgresql://user:password@host:5432/database";

    /// <summary>Reads the words of the command line; null where they are others.</summary>
    public static CopyArguments? Parse(string[] args) => args switch
    {
        ["migrate", "--from", var from] => new(from, null),
        ["migrate", "--from", var from, "--to", var to] => new(from, to),
        ["migrate", "--to", var to, "--from", var from] => new(from, to),
        _ => null,
    };
}
