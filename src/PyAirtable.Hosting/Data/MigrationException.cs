namespace PyAirtable.Hosting.Data;

/// <summary>A migration failed or may not run; the database is as it was before it. The message names the migration.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>An error without a message.</summary>
    public MigrationException()
    {
    }

    /// <summary>An error in the migrations themselves.</summary>
    public MigrationException(string message) : base(message)
    {
    }

    /// <summary>An error that the database gave.</summary>
    public MigrationException(string message, Exception inner) : base(message, inner)
    {
    }
}
