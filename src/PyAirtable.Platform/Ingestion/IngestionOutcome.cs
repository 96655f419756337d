namespace PyAirtable.Platform.Ingestion;

/// <summary>What became of the rows of one submission: all of them, or none.</summary>
internal enum IngestionOutcome
{
    /// <summary>Committed; the rows have their ids.</summary>
    Stored,

    /// <summary>Not taken, since too much waits already; sending them again later is right.</summary>
    Busy,

    /// <summary>The database could not be reached or did not answer. Nobody knows whether a commit that was under way came through.</summary>
    Unavailable,

    /// <summary>The database refuses these rows, and would again.</summary>
    Rejected,
}
