using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>Writes batches to one engine.</summary>
internal interface IExecutionBatches
{
    /// <summary>For the engine of a database.</summary>
    static IExecutionBatches For(Database database) => database.Engine == DatabaseEngine.Sqlite ? new SqliteExecutionBatches(database) : new PostgresExecutionBatches(database);

    /// <summary>Writes all in one transaction, which is on disk before this returns, and leaves in each write what became of it.</summary>
    Task ApplyAsync(ExecutionBatch batch, CancellationToken cancel);

    /// <summary>Whether nothing was written for something that lies in a write: others may be written without it.</summary>
    bool IsRefusal(Exception error);
}
