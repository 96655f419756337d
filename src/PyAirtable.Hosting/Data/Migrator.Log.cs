using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Data;

public sealed partial class Migrator
{
    [LoggerMessage(3010, LogLevel.Information, "Applied the migration {Migration}", EventName = "migration_applied")]
    private partial void LogApplied(MigrationStep migration);

    [LoggerMessage(3011, LogLevel.Warning, "The database has migration {Newest} of {Module}, this program knows {Known}: a newer version runs or ran here", EventName = "database_newer")]
    private partial void LogNewerDatabase(string module, int newest, int known);
}
