namespace PyAirtable.Automation.Statistics;

/// <summary>Numbers of workflows and executions (automation contract 1.5).</summary>
/// <param name="Workflows">Statuses of workflows that occur.</param>
/// <param name="Executions">Statuses of executions that occur.</param>
/// <param name="Recent">Executions of the last 24 hours.</param>
internal sealed record WorkflowStatistics(IReadOnlyList<StatusCount> Workflows, IReadOnlyList<StatusCount> Executions, long Recent);
