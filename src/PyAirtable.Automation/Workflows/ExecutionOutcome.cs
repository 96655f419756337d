namespace PyAirtable.Automation.Workflows;

/// <summary>How a run ended.</summary>
/// <param name="Result">A JSON object; empty after a failure.</param>
/// <param name="Error">Why it failed; null when it completed.</param>
internal sealed record ExecutionOutcome(string Result, string? Error)
{
    /// <summary>Last line of the run's log (automation contract 3.7; no traces, D23).</summary>
    public string LastLine => Error is null ? "Workflow execution completed successfully\n" : $"Workflow execution failed: {Error}\n";

    /// <summary>A failed run.</summary>
    public static ExecutionOutcome Failure(string error) => new("{}", error);
}
