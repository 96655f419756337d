namespace PyAirtable.Automation.Workflows;

/// <summary>An execution that this process has claimed and may run.</summary>
internal sealed record ExecutionJob
{
    public int Id { get; init; }

    public int WorkflowId { get; init; }

    /// <summary>The fencing number of this claim: what is written under an older one is refused.</summary>
    public int Claim { get; init; }

    public string TriggerData { get; init; } = "{}";

    public int? TriggeredFileId { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>For the log.</summary>
    public override string ToString() => $"execution {Id} of workflow {WorkflowId}";
}
