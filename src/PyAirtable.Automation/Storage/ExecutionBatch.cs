namespace PyAirtable.Automation.Storage;

/// <summary>Writes that go in one transaction: new executions, what runs did, leases, and last the claims.</summary>
internal sealed class ExecutionBatch(IReadOnlyList<ExecutionWrite> writes)
{
    public IReadOnlyList<TriggerWrite> Triggers { get; } = [.. writes.OfType<TriggerWrite>()];

    public IReadOnlyList<RunWrite> Runs { get; } = [.. writes.OfType<RunWrite>()];

    public RenewalWrite? Renewal { get; } = writes.OfType<RenewalWrite>().LastOrDefault();

    public IReadOnlyList<ClaimWrite> Claims { get; } = [.. writes.OfType<ClaimWrite>()];

    /// <summary>Workflows whose rows are written or must not change meanwhile.</summary>
    public int[] Workflows { get; } =
    [
        .. writes.Select(static write => write switch
        {
            TriggerWrite trigger => trigger.Execution.WorkflowId,
            RunWrite { Outcome: not null } run => run.Job.WorkflowId,
            _ => 0,
        }).Where(static id => id != 0).Distinct().Order(),
    ];
}
