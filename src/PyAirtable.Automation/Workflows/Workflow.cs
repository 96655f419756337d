namespace PyAirtable.Automation.Workflows;

/// <summary>A workflow's record.</summary>
internal sealed record Workflow
{
    public int Id { get; init; }

    public string Name { get; init; } = "";

    public string? Description { get; init; }

    /// <summary>A JSON object; only its <c>steps</c> mean something.</summary>
    public string Config { get; init; } = "{}";

    /// <summary>A JSON array of objects.</summary>
    public string Triggers { get; init; } = "[]";

    public string? CronExpression { get; init; }

    public DateTime? NextRun { get; init; }

    /// <summary>One of <see cref="WorkflowStatus"/>.</summary>
    public string Status { get; init; } = WorkflowStatus.Active;

    public bool IsEnabled { get; init; } = true;

    public int ExecutionCount { get; init; }

    public int SuccessCount { get; init; }

    public int FailureCount { get; init; }

    public DateTime? LastExecutionAt { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }
}
