namespace PyAirtable.Automation.Statistics;

/// <summary>Numbers of files (automation contract 1.4); deleted ones count.</summary>
/// <param name="ByStatus">Statuses that occur.</param>
/// <param name="Bytes">Size of all files.</param>
/// <param name="Recent">Files of the last 24 hours.</param>
internal sealed record FileStatistics(IReadOnlyList<StatusCount> ByStatus, long Bytes, long Recent);
