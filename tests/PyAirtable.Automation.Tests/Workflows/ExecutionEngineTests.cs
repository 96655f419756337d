using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Workflows;

/// <summary>What the engine does with executions, the same on both engines of the database.</summary>
public abstract class ExecutionEngineTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestDatabase _storage = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(engine, server);
        await new Migrator(_storage.Database, NullLoggerFactory.Instance, TimeProvider.System)
            .ApplyAsync([new("automation", typeof(AutomationModule).Assembly, "Migrations/")], TextWriter.Null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Run_StepThatChangesThings_IsStoredAsBegunBefore()
    {
        var seen = new ConcurrentQueue<string>();
        EngineHost host = null!;
        host = new EngineHost(_storage.Database, async (_, what, _) =>
        {
            var execution = await host.Executions.FindAsync(1, Token);
            var steps = await host.Executions.ListStepsAsync(1, Token);
            seen.Enqueue($"{execution!.Status} {string.Join(' ', steps.Select(step => $"{step.Path}:{step.Status}"))}");
            return """{"ok":true}""";
        });
        await using var closing = host;
        await host.StartAsync();
        await host.TriggerAsync(await host.AddWorkflowAsync("""[{"type":"work"},{"type":"log"},{"type":"work"}]"""));
        await host.WaitAsync(1, ExecutionStatus.Completed);

        Assert.Equal(["RUNNING 1:RUNNING", "RUNNING 1:COMPLETED 2:COMPLETED 3:RUNNING"], seen);
        Assert.Equal(["1-1", "1-3"], host.Begun);
    }

    [Fact]
    public async Task Retry_FailedRun_GoesOnAtTheStepThatFailed()
    {
        var isMended = false;
        await using var host = new EngineHost(_storage.Database, (context, what, _) => what == "break" && !isMended
            ? throw new StepFailedException("broken")
            : Task.FromResult($$"""{"did":"{{what}} {{context.Fill("{step_1_result}").Length}}"}"""));
        await host.StartAsync();
        await host.TriggerAsync(await host.AddWorkflowAsync(
            """[{"type":"work","do":"one"},{"type":"parallel","steps":[{"type":"work","do":"two"},{"type":"work","do":"break"}]},{"type":"work","do":"three"}]"""));
        var failed = await host.WaitAsync(1, ExecutionStatus.Failed);
        Assert.Equal("Workflow stopped at step 2: step 2.2: broken", failed.ErrorMessage);

        isMended = true;
        Assert.Null((await host.Executions.RetryAsync(1, WireTime.Now(TimeProvider.System), Token)).Refusal);
        host.Notices.Work();
        var done = await host.WaitAsync(1, ExecutionStatus.Completed);

        Assert.Equal(["1-1", "1-2.1", "1-2.2", "1-2.2", "1-3"], host.Begun.Order());
        Assert.Contains("""{"did":"one 15"}""", done.Result, StringComparison.Ordinal);
        Assert.Contains("""{"did":"three 16"}""", done.Result, StringComparison.Ordinal);
        Assert.Equal(["1 1", "2 2", "2.1 1", "2.2 2", "3 1"], (await host.Executions.ListStepsAsync(1, Token)).Select(step => $"{step.Path} {step.Attempts}"));
    }

    [Fact]
    public async Task Cancel_RunOfAnotherProcess_StopsIt()
    {
        var begun = new SemaphoreSlim(0);
        await using var host = new EngineHost(_storage.Database, async (_, _, cancel) =>
        {
            begun.Release();
            await Task.Delay(Timeout.Infinite, cancel);
            return "{}";
        });
        await host.StartAsync();
        var workflow = await host.AddWorkflowAsync("""[{"type":"work"}]""");
        await host.TriggerAsync(workflow);
        Assert.True(await begun.WaitAsync(Patience, Token));

        await using var other = _storage.Open();
        var elsewhere = new ExecutionStore(other, new ExecutionCommits(IExecutionBatches.For(other), TimeProvider.System));
        await elsewhere.CancelAsync(1, WireTime.Now(TimeProvider.System), Token);
        var cancelled = await host.WaitAsync(1, ExecutionStatus.Cancelled);

        Assert.EndsWith("Workflow execution cancelled\n", cancelled.Logs, StringComparison.Ordinal);
        Assert.Equal(StepRecord.Cancelled, Assert.Single(await host.Executions.ListStepsAsync(1, Token)).Status);
        Assert.Equal(0, (await new WorkflowStore(_storage.Database).FindAsync(workflow, Token))!.ExecutionCount);
    }

    [Fact]
    [Contract("D28")]
    public async Task Delete_WorkflowThatRuns_StopsItsRun()
    {
        var (begun, stopped) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        await using var host = new EngineHost(_storage.Database, async (_, _, cancel) =>
        {
            begun.Release();
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                stopped.Release();
            }
            return "{}";
        });
        await host.StartAsync();
        var workflow = await host.AddWorkflowAsync("""[{"type":"work"}]""");
        await host.TriggerAsync(workflow);
        Assert.True(await begun.WaitAsync(Patience, Token));

        Assert.True(await new WorkflowStore(_storage.Database).DeleteAsync(workflow, Token));
        Assert.True(await stopped.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Retries_StepThatFailsTwice_IsTriedUnderTheSameKey()
    {
        var tries = 0;
        await using var host = new EngineHost(_storage.Database, (_, _, _) => ++tries < 3 ? throw new StepFailedException("not yet") : Task.FromResult("{}"));
        await host.StartAsync();
        await host.TriggerAsync(await host.AddWorkflowAsync("""[{"type":"work","retries":2,"retry_delay":0}]"""));
        var done = await host.WaitAsync(1, ExecutionStatus.Completed);

        Assert.Equal(["1-1", "1-1", "1-1"], host.Begun);
        Assert.Equal(3, Assert.Single(await host.Executions.ListStepsAsync(1, Token)).Attempts);
        Assert.Contains("Step 1 failed: not yet; it is tried again in 0.0 s\n", done.Logs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_StepThatTakesLonger_Fails()
    {
        await using var host = new EngineHost(_storage.Database, async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return "{}";
        });
        await host.StartAsync();
        await host.TriggerAsync(await host.AddWorkflowAsync("""[{"type":"work","timeout":0.05,"continue_on_error":true},{"type":"log"}]"""));
        var done = await host.WaitAsync(1, ExecutionStatus.Completed);

        Assert.Contains(""""error":"timed out after 0.05 seconds"""", done.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parallel_Steps_RunAtOnce()
    {
        using var together = new Barrier(3);
        await using var host = new EngineHost(_storage.Database, (_, what, cancel) => Task.Run(
            () =>
            {
                Assert.True(together.SignalAndWait(Patience, cancel));
                return $$"""{"did":"{{what}}"}""";
            },
            cancel));
        await host.StartAsync();
        await host.TriggerAsync(await host.AddWorkflowAsync(
            """[{"type":"parallel","steps":[{"type":"work","do":"a"},{"type":"work","do":"b"},{"type":"work","do":"c"}]},{"type":"log","message":"{step_1_2_result}"}]"""));
        var done = await host.WaitAsync(1, ExecutionStatus.Completed);

        Assert.Contains("""{"message":"{\"did\":\"b\"}"}""", done.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForEach_Items_EachHasItsPlaceAndName()
    {
        await using var host = new EngineHost(_storage.Database, (_, what, _) => Task.FromResult($$"""{"did":"{{what}}"}"""));
        await host.StartAsync();
        var workflow = await host.AddWorkflowAsync(
            """[{"type":"for_each","items":"{rows}","concurrency":2,"steps":[{"type":"work","do":"{index}"},{"type":"log","message":"{index} {item} {step_1_1_result}"}]}]""");
        await host.TriggerAsync(workflow, """{"rows":["x",{"a":1}]}""");
        await host.TriggerAsync(await host.AddWorkflowAsync("""[{"type":"for_each","items":"a, b,","steps":[{"type":"work","do":"{item}"}]}]"""));
        var done = await host.WaitAsync(1, ExecutionStatus.Completed);
        await host.WaitAsync(2, ExecutionStatus.Completed);

        Assert.Equal(["1-1.1.1", "1-1.2.1", "2-1.1.1", "2-1.2.1"], host.Begun.Order());
        Assert.Contains("""{"message":"0 x {\"did\":\"0\"}"}""", done.Result, StringComparison.Ordinal);
        Assert.Contains("""{"message":"1 {\"a\":1} {\"did\":\"1\"}"}""", done.Result, StringComparison.Ordinal);
    }

    [Fact]
    [Contract("D34")]
    public async Task OnFalse_Stop_EndsTheRunAsCompleted()
    {
        await using var host = new EngineHost(_storage.Database, (_, _, _) => Task.FromResult("{}"));
        await host.StartAsync();
        await host.TriggerAsync(await host.AddWorkflowAsync("""[{"type":"condition","condition":{"left":1,"right":2},"on_false":"stop"},{"type":"work"}]"""));
        var done = await host.WaitAsync(1, ExecutionStatus.Completed);

        Assert.StartsWith("""{"steps_executed":1,""", done.Result, StringComparison.Ordinal);
        Assert.Empty(host.Begun);
    }

    [Fact]
    public async Task Run_ResultThatIsNoJson_FailsAtOnce()
    {
        await using var host = new EngineHost(_storage.Database, (_, _, _) => Task.FromResult("{"));
        await host.StartAsync();
        await host.TriggerAsync(await host.AddWorkflowAsync("""[{"type":"work"}]"""));

        Assert.Equal("the database did not store what the run did", (await host.WaitAsync(1, ExecutionStatus.Failed)).ErrorMessage);
    }

    [Fact]
    [Contract("8.2 order")]
    public async Task Run_ManyOfOneWorkflow_OneAtATimeInOrderAndOthersAreNotKeptWaiting()
    {
        var (running, most) = (0, 0);
        await using var host = new EngineHost(
            _storage.Database,
            async (context, _, cancel) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(5, cancel);
                Interlocked.Decrement(ref running);
                return "{}";
            },
            new EngineOptions(1, 4, 1, Patience));
        var (many, one) = (await host.AddWorkflowAsync("""[{"type":"work"}]"""), await host.AddWorkflowAsync("""[{"type":"work"}]"""));
        for (var i = 0; i < 30; i++)
        {
            await host.TriggerAsync(many);
        }
        var last = await host.TriggerAsync(one);
        await host.StartAsync();
        await host.WaitAsync(30, ExecutionStatus.Completed);
        await host.WaitAsync(last, ExecutionStatus.Completed);

        var order = host.Begun.ToList();
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"{i}-1"), order.Where(key => key != $"{last}-1"));
        Assert.InRange(order.IndexOf($"{last}-1"), 0, 20);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Run_TwoAllowedOfOneWorkflow_AreNeverThree()
    {
        var (running, most) = (0, 0);
        await using var host = new EngineHost(
            _storage.Database,
            async (_, _, cancel) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(20, cancel);
                Interlocked.Decrement(ref running);
                return "{}";
            },
            new EngineOptions(4, 100, 2, Patience));
        var workflow = await host.AddWorkflowAsync("""[{"type":"work"}]""");
        for (var i = 0; i < 12; i++)
        {
            await host.TriggerAsync(workflow);
        }
        await host.StartAsync();
        for (var i = 1; i <= 12; i++)
        {
            await host.WaitAsync(i, ExecutionStatus.Completed);
        }

        Assert.Equal(2, most);
    }

    [Fact]
    [Contract("D29", "8.2 shutdown")]
    public async Task Stop_GracePassed_FailsWhatRunsAndLeavesTheRestPending()
    {
        var begun = new SemaphoreSlim(0);
        await using var host = new EngineHost(
            _storage.Database,
            async (_, _, cancel) =>
            {
                begun.Release();
                await Task.Delay(Timeout.Infinite, cancel);
                return "{}";
            },
            new EngineOptions(4, 100, 1, TimeSpan.Zero));
        await host.StartAsync();
        var workflow = await host.AddWorkflowAsync("""[{"type":"work"}]""");
        await host.TriggerAsync(workflow);
        await host.TriggerAsync(workflow);
        Assert.True(await begun.WaitAsync(Patience, Token));
        await host.StopAsync();

        Assert.Equal("Execution interrupted by service restart", (await host.WaitAsync(1, ExecutionStatus.Failed)).ErrorMessage);
        await host.WaitAsync(2, ExecutionStatus.Pending);
        Assert.Equal([workflow], await new ExecutionJobStore(_storage.Database).ListWaitingAsync(0, 10, Token));
    }

    [Fact]
    public async Task Run_TwoProcesses_EachExecutionOnce()
    {
        static Task<string> Work(StepContext context, string what, CancellationToken cancel) => Task.FromResult("{}");
        await using var other = _storage.Open();
        await using var one = new EngineHost(_storage.Database, Work);
        await using var two = new EngineHost(other, Work);
        var workflows = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            workflows.Add(await one.AddWorkflowAsync("""[{"type":"work"}]"""));
        }
        await one.StartAsync();
        await two.StartAsync();
        for (var i = 0; i < 160; i++)
        {
            await (i % 2 == 0 ? one : two).TriggerAsync(workflows[i % workflows.Count]);
        }
        for (var i = 1; i <= 160; i++)
        {
            await one.WaitAsync(i, ExecutionStatus.Completed);
        }

        Assert.Equal(Enumerable.Range(1, 160).Select(i => $"{i}-1").Order(), one.Begun.Concat(two.Begun).Order());
    }
}
