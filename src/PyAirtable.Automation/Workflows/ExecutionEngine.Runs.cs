using PyAirtable.Automation.Jobs;

namespace PyAirtable.Automation.Workflows;

internal sealed partial class ExecutionEngine
{
    private static readonly ExecutionOutcome NotStored = ExecutionOutcome.Failure("the database did not store what the run did");

    // Under the lock.
    private void StartWorkers()
    {
        var count = _finishing < options.QueueSize ? Math.Min(options.Workers - _workers, _lanes.Ready) : 0;
        for (var i = 0; i < count; i++)
        {
            _workers++;
            ThreadPool.UnsafeQueueUserWorkItem(static engine => _ = engine.WorkAsync(), this, preferLocal: false);
        }
    }

    private async Task WorkAsync()
    {
        while (TakeNext() is { } held)
        {
            await RunAsync(held);
        }
        EndWhenIdle();
    }

    private HeldExecution? TakeNext()
    {
        HeldExecution? next;
        bool isLow;
        lock (_gate)
        {
            next = !_isStopping && _finishing < options.QueueSize ? _lanes.Take() : null;
            if (next is null)
            {
                _workers--;
            }
            else
            {
                _running++;
                StartWorkers();
            }
            isLow = IsLow;
        }
        if (isLow && _isHungry)
        {
            notices.Work();
        }
        return next;
    }

    private async Task RunAsync(HeldExecution held)
    {
        var journal = new RunJournal(held.Job, commits, clock);
        var outcome = await OutcomeAsync(held, journal);
        lock (_gate)
        {
            _lanes.Done(held);
            _running--;
            _finishing++;
        }
        // Not waited for: the worker is free. How many are under way is bounded.
        _ = FinishAsync(held, journal, outcome);
    }

    // Null where nothing more may or can be stored of it.
    private async Task<ExecutionOutcome?> OutcomeAsync(HeldExecution held, RunJournal journal)
    {
        try
        {
            if (held.Job.Claim > 1)
            {
                journal.Keep(await executions.ListStepsAsync(held.Job.Id, held.Stopped));
            }
            return await runs.RunAsync(held.Job, held.Plan, journal, held.Stopped);
        }
        catch (Exception e) when (e is LeaseLostException || held.IsLost)
        {
            metrics.Lost();
            LogLost(held.Job);
            return null;
        }
        catch (OperationCanceledException) when (held.Stopped.IsCancellationRequested)
        {
            return held.IsCancelled ? ExecutionOutcome.Cancelled : ExecutionOutcome.Failure(Interrupted);
        }
        catch (NotStoredException e)
        {
            LogNotStored(e.InnerException!, held.Job);
            return NotStored;
        }
        catch (Exception e)
        {
            LogFailed(e, held.Job);
            return ExecutionOutcome.Failure("unexpected failure");
        }
    }

    private async Task FinishAsync(HeldExecution held, RunJournal journal, ExecutionOutcome? outcome)
    {
        using var ending = journal;
        try
        {
            if (outcome is not null)
            {
                outcome = await StoreAsync(held.Job, journal, outcome);
                metrics.Finished(outcome);
            }
        }
        catch (LeaseLostException)
        {
            metrics.Lost();
            LogLost(held.Job);
            outcome = null;
        }
        catch (Exception e)
        {
            LogNotStored(e.InnerException ?? e, held.Job);
            outcome = null;
        }
        lock (_gate)
        {
            _finishing--;
            if (_held.GetValueOrDefault(held.Job.Id) == held)
            {
                _held.Remove(held.Job.Id);
            }
            StartWorkers();
        }
        held.Dispose();
        if (_isHungry)
        {
            notices.Work();
        }
        if (outcome is not null)
        {
            await AnnounceAsync(held.Job, outcome);
        }
        EndWhenIdle();
    }

    // What a step left may be such that the database refuses it: then its end alone is stored.
    private async Task<ExecutionOutcome> StoreAsync(ExecutionJob job, RunJournal journal, ExecutionOutcome outcome)
    {
        try
        {
            await journal.FinishAsync(outcome);
            return outcome;
        }
        catch (NotStoredException e)
        {
            LogNotStored(e.InnerException!, job);
            await journal.FinishAsync(NotStored);
            return NotStored;
        }
    }

    private Task AnnounceAsync(ExecutionJob job, ExecutionOutcome outcome) => events.AnnounceAsync($"workflow.{outcome.Status.ToLowerInvariant()}", job, static (json, run) =>
    {
        json.WriteNumber("workflow_id"u8, run.WorkflowId);
        json.WriteNumber("execution_id"u8, run.Id);
    });
}
