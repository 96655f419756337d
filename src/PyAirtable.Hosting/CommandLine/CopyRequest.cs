using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>What a copy of a database is given by the command line.</summary>
/// <param name="From">URL of the SQLite database.</param>
/// <param name="To">URL of the PostgreSQL database.</param>
/// <param name="DataDirectory">The data folder.</param>
/// <param name="MigrateTarget">Brings the target up to date.</param>
/// <param name="Output">Where progress goes.</param>
/// <param name="Log">Where else things are told.</param>
/// <param name="Clock">The clock.</param>
public sealed record CopyRequest(
    string From,
    string To,
    string DataDirectory,
    Func<CancellationToken, Task> MigrateTarget,
    TextWriter Output,
    ILoggerFactory Log,
    TimeProvider Clock);
