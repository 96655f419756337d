namespace PyAirtable.Automation.Workflows;

/// <summary>An execution that this process runs, held under a lease.</summary>
internal sealed record ExecutionJob
{
    public int Id { get; init; }

    public int WorkflowId { get; init; }

    /// <summary>The lease's owner.</summary>
    public string Owner { get; init; } = "";

    public string TriggerData { get; init; } = "{}";

    public int? TriggeredFileId { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>For the log.</summary>
    public override string ToString() => $"execution {Id} of workflow {WorkflowId}";
}
