using System.Collections.Concurrent;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Tests.Storage;

/// <summary>Executions as jobs: claims, what runs write, cancelling and running again.</summary>
public abstract partial class StoreConformanceTests
{
    [Fact]
    [Contract("8.2 executions", "8.2 order")]
    public async Task Claim_ManyProcessesAtOnce_EachExecutionExactlyOnceAndInOrder()
    {
        const int PerWorkflow = 12;
        for (var i = 0; i < 4; i++)
        {
            var workflow = await AddWorkflowAsync();
            for (var n = 0; n < PerWorkflow; n++)
            {
                await TriggerAsync(workflow);
            }
        }
        await using var other = _storage.Open();
        var claimed = new ConcurrentQueue<ExecutionJob>();
        var busy = new ConcurrentDictionary<int, bool>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var database = w % 2 == 0 ? Database : other;
            var commits = Commits(database);
            while (claimed.Count < 4 * PerWorkflow)
            {
                var jobs = (await ClaimAsync($"w{w}", Now, database, quota: 3)).Jobs;
                foreach (var workflow in jobs.Select(job => job.WorkflowId).Distinct())
                {
                    Assert.True(busy.TryAdd(workflow, true), "two processes run executions of one workflow at once");
                }
                foreach (var job in jobs)
                {
                    claimed.Enqueue(job);
                }
                foreach (var workflow in jobs.Select(job => job.WorkflowId).Distinct())
                {
                    busy.TryRemove(workflow, out _);
                }
                await Task.WhenAll(jobs.Select(job => commits.AddAsync(End(job, Now))));
            }
        }, Token)));

        Assert.Equal(Enumerable.Range(1, 4 * PerWorkflow), claimed.Select(job => job.Id).Order());
        foreach (var workflow in claimed.GroupBy(job => job.WorkflowId))
        {
            Assert.Equal(workflow.Select(job => job.Id).Order(), workflow.Select(job => job.Id));
            Assert.Equal(PerWorkflow, (await Workflows.FindAsync(workflow.Key, Token))!.SuccessCount);
        }
    }

    [Fact]
    public async Task Claim_ManyWaiting_TakesTheOldestOfEachWorkflowUpToItsQuota()
    {
        var (one, two) = (await AddWorkflowAsync(), await AddWorkflowAsync());
        foreach (var workflow in (int[])[one, one, one, two])
        {
            await TriggerAsync(workflow);
        }

        Assert.Equal([one, two], await Jobs.ListWaitingAsync(0, 10, Token));
        Assert.Equal([two], await Jobs.ListWaitingAsync(one, 10, Token));
        Assert.Equal([one], await Jobs.ListWaitingAsync(0, 1, Token));
        var claim = await ClaimAsync("one", Now, quota: 2);
        Assert.Equal([1, 2, 4], claim.Jobs.Select(job => job.Id));
        Assert.True(claim.MayHaveMore);
        Assert.Equal([3], (await ClaimAsync("one", Now, quota: 2)).Jobs.Select(job => job.Id));
        Assert.Equal(4, await Jobs.CountPendingAsync(100, Token));
    }

    [Fact]
    public async Task Claim_LeaseEnded_IsClaimedAnewUnderAHigherNumber()
    {
        await TriggerAsync(await AddWorkflowAsync());
        var first = Assert.Single((await ClaimAsync("one", Now)).Jobs);

        Assert.Empty((await ClaimAsync("two", Now.AddSeconds(14))).Jobs);
        var second = Assert.Single((await ClaimAsync("two", Now.AddSeconds(16))).Jobs);
        Assert.True(second.Claim > first.Claim);
        Assert.True((await WriteAsync(End(first, Now))).IsLost);
        Assert.False((await WriteAsync(End(second, Now))).IsLost);
        Assert.Equal(1, (await Workflows.FindAsync(first.WorkflowId, Token))!.ExecutionCount);
    }

    [Fact]
    public async Task Claim_GivenBack_IsClaimedByAnother()
    {
        await TriggerAsync(await AddWorkflowAsync());
        var job = Assert.Single((await ClaimAsync("one", Now)).Jobs);
        await Jobs.ReleaseAsync([job], Token);

        Assert.Single((await ClaimAsync("two", Now)).Jobs);
    }

    [Fact]
    [Contract("D9", "8.2 found at start")]
    public async Task Run_LeaseEnded_FailsOnceAndItsOwnerWritesNoMore()
    {
        var workflow = await AddWorkflowAsync();
        await TriggerAsync(workflow);
        var job = Assert.Single((await ClaimAsync("one", Now)).Jobs);
        await WriteAsync(Begin(job, Step("1")));

        Assert.Equal(0, await Jobs.EndAbandonedAsync("gone", Now.AddSeconds(14), Token));
        Assert.Equal(1, await Jobs.EndAbandonedAsync("gone", Now.AddSeconds(16), Token));
        Assert.Equal(0, await Jobs.EndAbandonedAsync("gone", Now.AddSeconds(16), Token));
        Assert.True((await WriteAsync(End(job, Now))).IsLost);
        Assert.True((await WriteAsync(Begin(job, Step("2")))).IsLost);
        var execution = await Executions.FindAsync(job.Id, Token);
        Assert.Equal((ExecutionStatus.Failed, "gone", 16.0), (execution!.Status, execution.ErrorMessage, execution.Duration));
        Assert.Equal("begun\nWorkflow execution failed: gone\n", execution.Logs);
        Assert.Equal(("1", StepRecord.Failed, "gone"), Assert.Single((await Executions.ListStepsAsync(job.Id, Token)).Select(step => (step.Path, step.Status, step.Error))));
        var after = await Workflows.FindAsync(workflow, Token);
        Assert.Equal((1, 0, 1, (DateTime?)Now.AddSeconds(16)), (after!.ExecutionCount, after.SuccessCount, after.FailureCount, Utc(after.LastExecutionAt)));
    }

    [Fact]
    [Contract("8.2 executions")]
    public async Task Run_LeaseRenewed_GoesOn()
    {
        await TriggerAsync(await AddWorkflowAsync());
        var job = Assert.Single((await ClaimAsync("one", Now)).Jobs);
        await WriteAsync(Begin(job));
        await Commits(Database).AddAsync(new RenewalWrite("one", [job.Id], Now.AddSeconds(40)));

        Assert.Equal(0, await Jobs.EndAbandonedAsync("gone", Now.AddSeconds(30), Token));
        Assert.Equal((job.Id, job.Claim, false), Assert.Single((await Jobs.ListLeasedAsync("one", Token)).Select(row => (row.Id, row.Claim, row.IsCancelled))));
        Assert.Empty(await Jobs.ListLeasedAsync("two", Token));
    }

    [Fact]
    public async Task Steps_WrittenTwice_KeepTheNewest()
    {
        await TriggerAsync(await AddWorkflowAsync());
        var job = Assert.Single((await ClaimAsync("one", Now)).Jobs);
        var begun = Step("10");
        await WriteAsync(Begin(job, begun, Step("9"), Step("9.2"), Step("9.10")));
        var done = begun with { Status = StepRecord.Completed, Output = """{"a":"ü\u0000"}""", Attempts = 2, CompletedAt = Now };
        await WriteAsync(Begin(job, done));

        var steps = await Executions.ListStepsAsync(job.Id, Token);
        Assert.Equal(["9", "9.2", "9.10", "10"], steps.Select(step => step.Path));
        Assert.Equal(done with { CompletedAt = null, StartedAt = default }, steps[3] with { CompletedAt = null, StartedAt = default });
        Assert.Equal((Now, (DateTime?)Now), (Utc(steps[3].StartedAt)!.Value, Utc(steps[3].CompletedAt)));
    }

    [Fact]
    public async Task Write_TextWithNul_IsStored()
    {
        await TriggerAsync(await AddWorkflowAsync());
        var job = Assert.Single((await ClaimAsync("one", Now)).Jobs);
        await WriteAsync(new RunWrite(job, Now, "a\0b\n", [Step("1") with { Error = "c\0d" }], ExecutionOutcome.Failure("e\0f"), Now));

        Assert.Equal(("a\uFFFDb\n", "e\uFFFDf"), ((await Executions.FindAsync(job.Id, Token))!.Logs, (await Executions.FindAsync(job.Id, Token))!.ErrorMessage));
    }

    [Fact]
    public async Task Write_OneOfManyIsRefused_OthersAreStored()
    {
        var workflow = await AddWorkflowAsync();
        for (var i = 0; i < 3; i++)
        {
            await TriggerAsync(workflow);
        }
        var jobs = (await ClaimAsync("one", Now, quota: 3)).Jobs;
        var commits = Commits(Database);
        // Gathered while the first is written, so that they go in one transaction.
        var writes = jobs.Select(job => new RunWrite(job, Now, "", job.Id == 2 ? [Step("1") with { Name = null! }] : [], ExecutionOutcome.Success("{}"), Now)).ToList();
        var all = writes.Select(commits.AddAsync).ToList();

        await Assert.ThrowsAnyAsync<Exception>(() => all[1]);
        await Task.WhenAll(all[0], all[2]);
        Assert.Equal(2, (await Workflows.FindAsync(workflow, Token))!.SuccessCount);
    }

    [Fact]
    public async Task Cancel_EveryState_AsTheContractSays()
    {
        var workflow = await AddWorkflowAsync();
        for (var i = 0; i < 3; i++)
        {
            await TriggerAsync(workflow);
        }
        var jobs = (await ClaimAsync("one", Now, quota: 2)).Jobs;
        await WriteAsync(Begin(jobs[0]));

        var (running, isFinished) = await Executions.CancelAsync(1, Now, Token);
        Assert.Equal((ExecutionStatus.Running, false), (running!.Status, isFinished));
        Assert.True(Assert.Single(await Jobs.ListLeasedAsync("one", Token), row => row.Id == 1).IsCancelled);
        foreach (var id in (int[])[2, 3])
        {
            var (pending, isOver) = await Executions.CancelAsync(id, Now, Token);
            Assert.Equal((ExecutionStatus.Cancelled, false, "Workflow execution cancelled\n"), (pending!.Status, isOver, pending.Logs));
            Assert.True((await Executions.CancelAsync(id, Now, Token)).IsFinished);
        }
        Assert.True((await WriteAsync(Begin(jobs[1]))).IsLost);
        Assert.Null((await Executions.CancelAsync(long.MaxValue, Now, Token)).Execution);
        Assert.Equal(1, await Jobs.EndAbandonedAsync("gone", Now.AddMinutes(1), Token));
        Assert.Equal(ExecutionStatus.Cancelled, (await Executions.FindAsync(1, Token))!.Status);
        Assert.Equal(0, (await Workflows.FindAsync(workflow, Token))!.ExecutionCount);
    }

    [Fact]
    public async Task Retry_EveryState_AsTheContractSays()
    {
        var workflow = await AddWorkflowAsync();
        await TriggerAsync(workflow);
        Assert.Null((await Executions.RetryAsync(99, Now, Token)).Execution);
        Assert.Equal("Execution 1 is pending; only a failed or cancelled one can be run again", (await Executions.RetryAsync(1, Now, Token)).Refusal);
        var job = Assert.Single((await ClaimAsync("one", Now)).Jobs);
        await WriteAsync(new RunWrite(job, Now, "x\n", [Step("1")], ExecutionOutcome.Failure("e"), Now));

        var again = await Executions.RetryAsync(1, Now, Token);
        Assert.Equal((null, ExecutionStatus.Pending, null, null), (again.Refusal, again.Execution!.Status, again.Execution.ErrorMessage, again.Execution.Logs));
        Assert.True((await WriteAsync(End(job, Now))).IsLost);
        Assert.Single(await Executions.ListStepsAsync(1, Token));
        Assert.True(Assert.Single((await ClaimAsync("two", Now)).Jobs).Claim > job.Claim + 1);
        await Executions.CancelAsync(1, Now, Token);
        await Workflows.UpdateAsync(workflow, new WorkflowChange { Status = WorkflowStatus.Paused }, Now, TimeZoneInfo.Utc, Token);
        var refused = await Executions.RetryAsync(1, Now, Token);
        Assert.Equal((true, $"Workflow {workflow} is not active"), (refused.IsWorkflowOff, refused.Refusal));
    }

    [Fact]
    public async Task Workflow_DeletedWhileItRuns_TakesItsExecutionsAlong()
    {
        var workflow = await AddWorkflowAsync();
        await TriggerAsync(workflow);
        var job = Assert.Single((await ClaimAsync("one", Now)).Jobs);
        await WriteAsync(Begin(job, Step("1")));

        Assert.True(await Workflows.DeleteAsync(workflow, Token));
        Assert.Null(await Executions.FindAsync(job.Id, Token));
        Assert.Empty(await Executions.ListStepsAsync(job.Id, Token));
        Assert.True((await WriteAsync(End(job, Now))).IsLost);
    }

    [Fact]
    public async Task Trigger_ManyAtOnce_EachHasItsOwnIdAndData()
    {
        var (on, off) = (await AddWorkflowAsync(), await AddWorkflowAsync());
        await Workflows.UpdateAsync(off, new WorkflowChange { IsEnabled = false }, Now, TimeZoneInfo.Utc, Token);
        var executions = new ExecutionStore(Database, Commits(Database));
        var all = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => executions.TriggerAsync(i % 3 == 0 ? off : on, $$"""{"i":{{i}}}""", Now, Token)));

        Assert.Equal(Enumerable.Range(1, 40), all.Where(one => one.Execution is not null).Select(one => one.Execution!.Id).Order());
        Assert.All(all.Where((_, i) => i % 3 == 0), one => Assert.Equal($"Workflow {off} is disabled", one.Refusal));
        foreach (var one in all.Where(one => one.Execution is not null))
        {
            Assert.Equal(one.Execution!.TriggerData, (await Executions.FindAsync(one.Execution.Id, Token))!.TriggerData);
        }
    }

    private static ExecutionCommits Commits(Database database) => new(IExecutionBatches.For(database), TimeProvider.System);

    private static StepRecord Step(string path) => new() { Path = path, Type = "log", Name = "\"n\"", Input = "{}", StartedAt = Now };

    private static RunWrite Begin(ExecutionJob job, params StepRecord[] steps) => new(job, Now, "begun\n", steps, outcome: null, Now);

    private static RunWrite End(ExecutionJob job, DateTime now) => new(job, now, "", [], ExecutionOutcome.Success("{}"), now);

    private async Task<RunWrite> WriteAsync(RunWrite write)
    {
        await Commits(Database).AddAsync(write);
        return write;
    }

    private async Task<ClaimWrite> ClaimAsync(string owner, DateTime now, Database? database = null, int quota = 1)
    {
        var waiting = await new ExecutionJobStore(database ?? Database).ListWaitingAsync(0, 100, Token);
        var claim = new ClaimWrite(owner, [.. waiting], _ => quota, () => 100, now, now + LeaseTerms.Length);
        await Commits(database ?? Database).AddAsync(claim);
        return claim;
    }
}
