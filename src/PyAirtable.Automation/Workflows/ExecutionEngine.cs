using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Automation.Workflows;

/// <summary>
/// Runs executions. One loop claims pending rows, woken by whoever commits one or by its poll, and looks after what is claimed: it renews
/// leases, and stops runs that were cancelled or taken away. Workers run what is claimed. The end of a run is stored while its worker is
/// at the next one. An interrupted run fails and is not repeated by itself, for its steps may have changed things (automation contract 8.2).
/// </summary>
internal sealed partial class ExecutionEngine(
    ExecutionJobStore jobs,
    ExecutionStore executions,
    ExecutionCommits commits,
    WorkflowRun runs,
    IReadOnlyDictionary<string, IStep> steps,
    ExecutionNotices notices,
    EngineOptions options,
    EventAnnouncer events,
    ExecutionMetrics metrics,
    TimeProvider clock,
    ILogger log)
    : IHostedService, IAsyncDisposable
{
    private const string Interrupted = "Execution interrupted by service restart";

    // Workflows that one look takes from the index.
    private const int MaxWorkflows = 64;

    // Counting more would only take time.
    private const int MaxCounted = 100_000;

    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private readonly ExecutionLanes _lanes = new(options.PerWorkflow, options.QueueSize, clock);
    private readonly Dictionary<int, HeldExecution> _held = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private int _workers;
    private int _running;
    private int _finishing;
    private volatile bool _isStopping;
    private volatile bool _isHungry;
    private int _after;
    private long _renewedAt;
    private long _lookedAt;

    /// <summary>True while it takes executions.</summary>
    public bool IsRunning => _loop is { IsCompleted: false };

    /// <summary>Executions that run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Executions that are claimed and have not begun.</summary>
    public int Claimed
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Waiting;
            }
        }
    }

    /// <summary>Executions that wait in the table, counted a moment ago.</summary>
    public long Pending { get; private set; }

    private DateTime Now => WireTime.Now(clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        commits.Claims = new TriggeredClaims(ClaimTriggered, TakeTriggered);
        _loop = Task.Run(LoopAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        commits.Claims = null;
        EndWhenIdle();
        try
        {
            await _idle.Task.WaitAsync(options.Grace, clock, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogCut(Running);
            CutShort();
        }
        await _idle.Task;
        await _ended.CancelAsync();
        await _loop;
        try
        {
            await GiveBackAsync(TimeSpan.Zero);
        }
        catch (Exception e)
        {
            LogQueueFailed(e);
        }
    }

    public ValueTask DisposeAsync()
    {
        _ended.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task LoopAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await LookAfterClaimsAsync();
                if (_isStopping || !await ClaimAsync())
                {
                    await notices.WaitAsync(LeaseTerms.Poll, _ended.Token);
                }
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogQueueFailed(e);
                await Task.WhenAny(Task.Delay(LeaseTerms.Poll, clock, _ended.Token));
            }
        }
    }

    private bool IsDue(ref long last, TimeSpan every)
    {
        var isDue = last == 0 || clock.GetElapsedTime(last) >= every;
        last = isDue ? clock.GetTimestamp() : last;
        return isDue;
    }

    private void CutShort()
    {
        lock (_gate)
        {
            foreach (var held in _held.Values)
            {
                held.CutShort();
            }
        }
    }

    private void EndWhenIdle()
    {
        lock (_gate)
        {
            if (_isStopping && _running == 0 && _finishing == 0)
            {
                _idle.TrySetResult();
            }
        }
    }

    [LoggerMessage(EventId = 65, Level = LogLevel.Warning, Message = "the queue of executions could not be read or written")]
    private partial void LogQueueFailed(Exception error);

    [LoggerMessage(EventId = 61, Level = LogLevel.Error, Message = "{Job} could not store its state")]
    private partial void LogNotStored(Exception error, ExecutionJob job);

    [LoggerMessage(EventId = 62, Level = LogLevel.Error, Message = "{Job} failed outside its steps")]
    private partial void LogFailed(Exception error, ExecutionJob job);

    [LoggerMessage(EventId = 63, Level = LogLevel.Information, Message = "{Job} was cancelled, deleted or taken over")]
    private partial void LogLost(ExecutionJob job);

    [LoggerMessage(EventId = 64, Level = LogLevel.Warning, Message = "{Count} runs are cut short by the stop")]
    private partial void LogCut(int count);
}
