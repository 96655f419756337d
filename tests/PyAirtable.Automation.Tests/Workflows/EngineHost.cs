using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Automation.Tests.Workflows;

/// <summary>An engine on a database, with one more kind of step, <c>work</c>, that does what the test says.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Database _database;
    private readonly ExecutionEngine _engine;
    private readonly PostgresNotices? _listener;
    private readonly WorkSignal _signal = new();
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);
    private readonly InProcessEventBus _events = new(TimeProvider.System, NullLoggerFactory.Instance);

    public EngineHost(Database database, Func<StepContext, string, CancellationToken, Task<string>> work, EngineOptions? options = null)
    {
        var (clock, log) = (TimeProvider.System, NullLogger.Instance);
        _database = database;
        Notices = new ExecutionNotices(_signal);
        var commits = new ExecutionCommits(IExecutionBatches.For(database), clock);
        Executions = new ExecutionStore(database, commits);
        var metrics = new ExecutionMetrics(_metrics);
        var steps = new Dictionary<string, IStep> { ["log"] = new LogStep(), ["condition"] = new ConditionStep(), ["work"] = new Work(this, work) };
        _engine = new ExecutionEngine(
            new ExecutionJobStore(database),
            Executions,
            commits,
            new WorkflowRun(new FileStore(database), new StepRunner(metrics, clock, log), TimeSpan.FromMinutes(5), clock),
            steps,
            Notices,
            options ?? new EngineOptions(4, 100, 1, Patience),
            new EventAnnouncer(_events, "automation", clock, log),
            metrics,
            clock,
            log);
        _listener = database.Engine == DatabaseEngine.PostgreSql ? new PostgresNotices(database, Notices, clock, log) : null;
    }

    public ExecutionStore Executions { get; }

    public ExecutionNotices Notices { get; }

    /// <summary>Idempotency keys of the steps that began, in order.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    public async Task StartAsync()
    {
        await _engine.StartAsync(CancellationToken.None);
        await (_listener?.StartAsync(CancellationToken.None) ?? Task.CompletedTask);
    }

    public async Task StopAsync()
    {
        await _engine.StopAsync(CancellationToken.None);
        await (_listener?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
    }

    public async Task<int> AddWorkflowAsync(string steps)
    {
        var now = WireTime.Now(TimeProvider.System);
        return (await new WorkflowStore(_database).InsertAsync(new Workflow { Name = "w", Config = $$"""{"steps":{{steps}}}""", CreatedAt = now, UpdatedAt = now }, CancellationToken.None)).Id;
    }

    public async Task<int> TriggerAsync(int workflow, string data = "{}")
    {
        var (execution, refusal) = await Executions.TriggerAsync(workflow, data, WireTime.Now(TimeProvider.System), CancellationToken.None);
        Assert.Null(refusal);
        Notices.Work();
        return execution!.Id;
    }

    public async Task<Execution> WaitAsync(int id, string status)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            var execution = await Executions.FindAsync(id, CancellationToken.None);
            if (execution?.Status == status)
            {
                return execution;
            }
            Assert.True(DateTime.UtcNow < end, $"{execution} is not {status}");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _engine.DisposeAsync();
        _listener?.Dispose();
        await _events.DisposeAsync();
        _metrics.Dispose();
        _signal.Dispose();
    }

    private sealed class Work(EngineHost host, Func<StepContext, string, CancellationToken, Task<string>> work) : IStep
    {
        public Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
        {
            host.Begun.Enqueue(context.IdempotencyKey);
            return work(context, context.Fill(step.TryGetProperty("do", out var what) ? what.GetString()! : ""), cancel);
        }
    }
}
