using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Storage;

/// <summary>A new pending execution, started by hand.</summary>
/// <param name="workflow">The workflow's id.</param>
/// <param name="data">Its trigger data, a JSON object.</param>
/// <param name="now">When.</param>
internal sealed class TriggerWrite(int workflow, string data, DateTime now) : ExecutionWrite
{
    /// <summary>The record; its id is set once it is stored.</summary>
    public Execution Execution { get; private set; } = new() { WorkflowId = workflow, TriggerData = data, CreatedAt = now, UpdatedAt = now };

    /// <summary>Why it was not stored; null when it was.</summary>
    public string? Refusal { get; private set; }

    public override int Weight => 256 + data.Length;

    /// <summary>Looks at the workflow as it is stored; false when it must not be run.</summary>
    /// <param name="status">Its stored status; null when there is no such workflow.</param>
    /// <param name="isEnabled">Whether it is enabled.</param>
    public bool Accept(string? status, bool isEnabled)
    {
        Refusal = status switch
        {
            null => $"Workflow {workflow} not found",
            not WorkflowStatus.Active => $"Workflow {workflow} is not active",
            _ => isEnabled ? null : $"Workflow {workflow} is disabled",
        };
        return Refusal is null;
    }

    /// <summary>It is stored under this number.</summary>
    public void Stored(int id) => Execution = Execution with { Id = id };
}
