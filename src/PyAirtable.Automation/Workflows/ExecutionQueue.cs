using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Automation.Workflows;

/// <summary>Executions as jobs. An interrupted run fails and is not repeated by itself, for its steps may have changed things (automation contract 8.2).</summary>
internal sealed class ExecutionQueue(ExecutionJobStore jobs, WorkflowRun runs, EventAnnouncer events, TimeProvider clock) : IJobQueue<ExecutionJob>
{
    private const string Interrupted = "Execution interrupted by service restart";

    private DateTime Now => WireTime.Now(clock);

    public Task RecoverAsync(CancellationToken cancel) => jobs.FailAbandonedAsync(Interrupted, Now, cancel);

    public Task<ExecutionJob?> ClaimAsync(string owner, CancellationToken cancel) => jobs.ClaimAsync(owner, Now, Now + LeaseTerms.Length, cancel);

    public Task<bool> RenewAsync(ExecutionJob job, CancellationToken cancel) => jobs.RenewAsync(job, Now + LeaseTerms.Length, cancel);

    public async Task RunAsync(ExecutionJob job, CancellationToken cancel)
    {
        var outcome = await runs.RunAsync(job, cancel);
        await jobs.FinishAsync(job, outcome, Now, cancel);
        await events.AnnounceAsync(outcome.Error is null ? "workflow.completed" : "workflow.failed", job, static (json, run) =>
        {
            json.WriteNumber("workflow_id"u8, run.WorkflowId);
            json.WriteNumber("execution_id"u8, run.Id);
        });
    }

    public Task HandBackAsync(ExecutionJob job, CancellationToken cancel) => jobs.FinishAsync(job, ExecutionOutcome.Failure(Interrupted), Now, cancel);
}
