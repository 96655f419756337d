using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Data;

internal sealed partial class SqliteDatabase
{
    [LoggerMessage(3001, LogLevel.Warning, "A SQLite transaction could not be rolled back; its connection is replaced", EventName = "sqlite_rollback_failed")]
    private partial void LogRollbackFailed(Exception error);
}
