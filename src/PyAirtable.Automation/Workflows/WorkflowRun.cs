using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Workflows;

/// <summary>One run of a workflow from its first step that is not completed to its end (automation contract 3.7).</summary>
/// <param name="files">Where the file is that started a run.</param>
/// <param name="steps">Runs its steps.</param>
/// <param name="timeout">Time that a run may take.</param>
/// <param name="clock">The clock.</param>
internal sealed class WorkflowRun(FileStore files, StepRunner steps, TimeSpan timeout, TimeProvider clock)
{
    private const string NoSteps = """{"message":"No steps configured"}""";

    /// <summary>Runs to the end.</summary>
    /// <exception cref="LeaseLostException">The run was taken away, cancelled or deleted.</exception>
    /// <exception cref="NotStoredException">What it did could not be stored.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; running out of time is an outcome instead.</exception>
    public async Task<ExecutionOutcome> RunAsync(ExecutionJob job, WorkflowPlan plan, RunJournal journal, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return await RunStepsAsync(job, plan, journal, either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return ExecutionOutcome.Failure($"Execution timed out after {(long)timeout.TotalSeconds} seconds");
        }
    }

    private async Task<ExecutionOutcome> RunStepsAsync(ExecutionJob job, WorkflowPlan plan, RunJournal journal, CancellationToken cancel)
    {
        if (plan.Fault is not null)
        {
            return ExecutionOutcome.Failure(plan.Fault);
        }
        if (plan.Steps.Count == 0)
        {
            return ExecutionOutcome.Success(NoSteps);
        }
        var context = new StepContext(job, clock);
        await context.File.ReadAsync(files, cancel);
        var done = await steps.RunInOrderAsync(journal, plan.Steps, "", "", context, cancel);
        return done.Error is null
            ? ExecutionOutcome.Success(StepResult.Summarise(done.Results))
            : ExecutionOutcome.Failure($"Workflow stopped at step {done.FailedAt}: {done.Error}");
    }
}
