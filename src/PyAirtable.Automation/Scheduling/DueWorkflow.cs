namespace PyAirtable.Automation.Scheduling;

/// <summary>A workflow whose time has come.</summary>
internal sealed record DueWorkflow
{
    public int Id { get; init; }

    public string CronExpression { get; init; } = "";

    /// <summary>The planned time.</summary>
    public DateTime NextRun { get; init; }
}
