using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Storage;

/// <summary>What became of the wish to run an execution again.</summary>
/// <param name="Execution">Its record now; null when there is none.</param>
internal sealed record RetriedExecution(Execution? Execution)
{
    /// <summary>Why it is not; null when it is.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether that lies with the workflow, which may not be run now.</summary>
    public bool IsWorkflowOff { get; init; }
}
