namespace PyAirtable.Automation.Workflows;

/// <summary>One run of a workflow.</summary>
internal sealed record Execution
{
    public int Id { get; init; }

    public int WorkflowId { get; init; }

    /// <summary>One of <see cref="ExecutionStatus"/>.</summary>
    public string Status { get; init; } = ExecutionStatus.Pending;

    public string TriggerType { get; init; } = "manual";

    /// <summary>A JSON object.</summary>
    public string TriggerData { get; init; } = "{}";

    public int? TriggeredFileId { get; init; }

    /// <summary>A JSON object; empty until completed.</summary>
    public string Result { get; init; } = "{}";

    public string? ErrorMessage { get; init; }

    public string? Logs { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }
}
