namespace PyAirtable.Hosting.Data;

/// <summary>The engine that <c>DATABASE_URL</c> names.</summary>
public enum DatabaseEngine
{
    /// <summary>One file in the data folder, one process (or a few on one machine).</summary>
    Sqlite,

    /// <summary>A server that many machines share.</summary>
    PostgreSql,
}
