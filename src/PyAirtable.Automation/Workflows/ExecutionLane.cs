namespace PyAirtable.Automation.Workflows;

/// <summary>The executions of one workflow that this process has claimed. They begin in the order of the claims, so many at once as allowed.</summary>
/// <param name="workflow">The workflow's id.</param>
/// <param name="parallel">How many run at once.</param>
internal sealed class ExecutionLane(int workflow, int parallel)
{
    private readonly LinkedList<HeldExecution> _waiting = new();
    private readonly int _parallel = parallel;
    private int _window = parallel;
    private int _doneSinceClaim;
    private long _claimedAt;

    public int Workflow => workflow;

    public int Waiting => _waiting.Count;

    public int Running { get; private set; }

    /// <summary>Whether one could begin now.</summary>
    public bool IsReady => _waiting.Count > 0 && Running < _parallel;

    /// <summary>Whether it stands in line with the others that are ready.</summary>
    public bool IsInLine { get; set; }

    /// <summary>Last sign of life, a timestamp of the clock.</summary>
    public long UsedAt { get; private set; }

    /// <summary>How many more may be claimed as things stand.</summary>
    public int Room => Math.Max(0, _window - Waiting - Running);

    /// <summary>
    /// How many more to claim now. At first no more than may run; twice as many each time that all were done within
    /// <paramref name="soon"/>, so that short runs are claimed many at a time and long ones are left to other processes.
    /// </summary>
    public int Claim(TimeProvider clock, TimeSpan soon, int most)
    {
        if (Waiting == 0 && _doneSinceClaim >= _window && clock.GetElapsedTime(_claimedAt) < soon)
        {
            _window = Math.Min(_window * 2, most);
        }
        UsedAt = clock.GetTimestamp();
        (_claimedAt, _doneSinceClaim) = (UsedAt, 0);
        return Room;
    }

    public void Add(HeldExecution held) => _waiting.AddLast(held);

    public HeldExecution Take()
    {
        var next = _waiting.First!.Value;
        _waiting.RemoveFirst();
        Running++;
        return next;
    }

    public void Done(long now)
    {
        Running--;
        _doneSinceClaim++;
        UsedAt = now;
    }

    public bool Remove(HeldExecution held) => _waiting.Remove(held);

    /// <summary>Takes out those that wait since before a time: the others run too long for so many to be claimed.</summary>
    public List<HeldExecution> TakeWaitingSince(long time)
    {
        var late = _waiting.Where(held => held.ClaimedAt < time).ToList();
        late.ForEach(held => _waiting.Remove(held));
        if (late.Count > 0)
        {
            _window = _parallel;
        }
        return late;
    }
}
