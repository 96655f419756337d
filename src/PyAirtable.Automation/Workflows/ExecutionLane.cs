namespace PyAirtable.Automation.Workflows;

/// <summary>The executions of one workflow that this process has claimed. They begin in the order of the claims, so many at once as allowed.</summary>
/// <param name="workflow">The workflow's id.</param>
/// <param name="parallel">How many run at once.</param>
/// <param name="most">How many are claimed at most.</param>
internal sealed class ExecutionLane(int workflow, int parallel, int most)
{
    // As many are claimed as are done within this; the rest may be begun by another process sooner.
    private const double Ahead = 0.5;

    // How much the newest run counts.
    private const double Weight = 0.2;

    private readonly LinkedList<HeldExecution> _waiting = new();
    private double _seconds = double.NaN;

    public int Workflow => workflow;

    public int Waiting => _waiting.Count;

    public int Running { get; private set; }

    /// <summary>Whether one could begin now.</summary>
    public bool IsReady => _waiting.Count > 0 && Running < parallel;

    /// <summary>Whether it stands in line with the others that are ready.</summary>
    public bool IsInLine { get; set; }

    /// <summary>How many more to claim now: before the first is done no more than may run, then by how long they take.</summary>
    public int Room => Math.Max(0, (double.IsNaN(_seconds) ? parallel : (int)Math.Clamp(Ahead * parallel / _seconds, parallel, Math.Max(parallel, most))) - Waiting - Running);

    /// <summary>Last sign of life, a timestamp of the clock.</summary>
    public long UsedAt { get; private set; }

    public void Add(HeldExecution held)
    {
        _waiting.AddLast(held);
        UsedAt = held.ClaimedAt;
    }

    public HeldExecution Take()
    {
        var next = _waiting.First!.Value;
        _waiting.RemoveFirst();
        Running++;
        return next;
    }

    /// <summary>One is done.</summary>
    /// <param name="took">How long it took.</param>
    /// <param name="now">A timestamp of the clock.</param>
    public void Done(TimeSpan took, long now)
    {
        Running--;
        UsedAt = now;
        var seconds = Math.Max(took.TotalSeconds, 1e-6);
        _seconds = double.IsNaN(_seconds) ? seconds : (_seconds * (1 - Weight)) + (seconds * Weight);
    }

    public bool Remove(HeldExecution held) => _waiting.Remove(held);

    /// <summary>Takes out those that wait since before a time: the others take too long for so many to be claimed.</summary>
    public List<HeldExecution> TakeWaitingSince(long time)
    {
        var late = _waiting.Where(held => held.ClaimedAt < time).ToList();
        late.ForEach(held => _waiting.Remove(held));
        if (late.Count > 0)
        {
            _seconds = Ahead;
        }
        return late;
    }
}
