namespace PyAirtable.Automation.Triggers;

/// <summary>A workflow that an event may start.</summary>
internal sealed record TriggeredWorkflow
{
    public int Id { get; init; }

    /// <summary>A JSON array of objects.</summary>
    public string Triggers { get; init; } = "[]";
}
