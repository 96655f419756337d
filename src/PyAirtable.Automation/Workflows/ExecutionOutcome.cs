namespace PyAirtable.Automation.Workflows;

/// <summary>How a run ended.</summary>
/// <param name="Status">The stored status that it ends in.</param>
/// <param name="Result">A JSON object; empty unless completed.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
internal sealed record ExecutionOutcome(string Status, string Result, string? Error)
{
    /// <summary>A run that was told to stop.</summary>
    public static readonly ExecutionOutcome Cancelled = new(ExecutionStatus.Cancelled, "{}", Error: null);

    /// <summary>Last line of the run's log (automation contract 3.7; no traces, D23).</summary>
    public string LastLine => Status switch
    {
        ExecutionStatus.Completed => "Workflow execution completed successfully\n",
        ExecutionStatus.Cancelled => "Workflow execution cancelled\n",
        _ => $"Workflow execution failed: {Error}\n",
    };

    /// <summary>A run that went through.</summary>
    public static ExecutionOutcome Success(string result) => new(ExecutionStatus.Completed, result, Error: null);

    /// <summary>A failed run.</summary>
    public static ExecutionOutcome Failure(string error) => new(ExecutionStatus.Failed, "{}", error);
}
