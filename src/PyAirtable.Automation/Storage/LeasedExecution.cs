namespace PyAirtable.Automation.Storage;

/// <summary>An execution that is leased, as the table has it.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Claim">Number of the newest claim.</param>
/// <param name="IsCancelled">Whether it shall stop.</param>
internal readonly record struct LeasedExecution(int Id, int Claim, bool IsCancelled);
