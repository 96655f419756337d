namespace PyAirtable.Automation.Workflows;

/// <summary>An execution that this process has claimed: it waits, runs, or its end is being stored.</summary>
/// <param name="job">The execution.</param>
/// <param name="plan">What to do.</param>
/// <param name="claimedAt">When it was claimed, a timestamp of the clock.</param>
internal sealed class HeldExecution(ExecutionJob job, WorkflowPlan plan, long claimedAt) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool _isOver;

    public ExecutionJob Job => job;

    public WorkflowPlan Plan => plan;

    public long ClaimedAt => claimedAt;

    /// <summary>When it began, a timestamp of the clock.</summary>
    public long BeganAt { get; set; }

    /// <summary>Whether a client asked for it to stop.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Whether it was taken away, or is gone: nothing more may be written for it.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Cancelled when the run shall end.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Ends the run because a client asked for it.</summary>
    public void Cancel()
    {
        IsCancelled = true;
        CutShort();
    }

    /// <summary>Ends the run because it is no longer ours.</summary>
    public void Lose()
    {
        IsLost = true;
        CutShort();
    }

    /// <summary>Ends the run because the process ends.</summary>
    public void CutShort()
    {
        lock (_stop)
        {
            if (!_isOver)
            {
                _ = _stop.CancelAsync();
            }
        }
    }

    public void Dispose()
    {
        lock (_stop)
        {
            _isOver = true;
        }
        _stop.Dispose();
    }
}
