namespace PyAirtable.Automation.Workflows;

/// <summary>
/// The executions that this process has claimed, a lane for each workflow. Lanes take turns, so that one with many does not keep another
/// from beginning. Not for concurrent use.
/// </summary>
/// <param name="parallel">How many of a workflow run at once.</param>
/// <param name="most">How many of a workflow are claimed at most.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExecutionLanes(int parallel, int most, TimeProvider clock)
{
    private readonly Dictionary<int, ExecutionLane> _lanes = [];
    private readonly Queue<ExecutionLane> _line = new();

    /// <summary>Executions that have not begun.</summary>
    public int Waiting { get; private set; }

    /// <summary>Lanes of which one could begin now.</summary>
    public int Ready => _line.Count;

    /// <summary>Workflows of which no more may be claimed now.</summary>
    public int[] Full() => [.. _lanes.Values.Where(static lane => lane.Room == 0).Select(static lane => lane.Workflow)];

    /// <summary>How many more of a workflow to claim now.</summary>
    public int Room(int workflow) => _lanes.TryGetValue(workflow, out var lane) ? lane.Room : parallel;

    public void Add(HeldExecution held)
    {
        if (!_lanes.TryGetValue(held.Job.WorkflowId, out var lane))
        {
            _lanes[held.Job.WorkflowId] = lane = new ExecutionLane(held.Job.WorkflowId, parallel, most);
        }
        lane.Add(held);
        Waiting++;
        Line(lane);
    }

    /// <summary>The next to begin; null when none may.</summary>
    public HeldExecution? Take()
    {
        while (_line.TryDequeue(out var lane))
        {
            lane.IsInLine = false;
            if (lane.IsReady)
            {
                var held = lane.Take();
                held.BeganAt = clock.GetTimestamp();
                Waiting--;
                Line(lane);
                return held;
            }
        }
        return null;
    }

    /// <summary>One no longer runs.</summary>
    public void Done(HeldExecution held)
    {
        var lane = _lanes[held.Job.WorkflowId];
        lane.Done(clock.GetElapsedTime(held.BeganAt), clock.GetTimestamp());
        Line(lane);
    }

    /// <summary>Takes out one that has not begun; false when it has.</summary>
    public bool Remove(HeldExecution held)
    {
        var isRemoved = _lanes.TryGetValue(held.Job.WorkflowId, out var lane) && lane.Remove(held);
        Waiting -= isRemoved ? 1 : 0;
        return isRemoved;
    }

    /// <summary>Takes out those that wait for longer than <paramref name="age"/>, and forgets lanes that were idle for as long.</summary>
    public List<HeldExecution> TakeLate(TimeSpan age)
    {
        var before = clock.GetTimestamp() - (long)(age.TotalSeconds * clock.TimestampFrequency);
        var late = new List<HeldExecution>();
        foreach (var (workflow, lane) in _lanes)
        {
            late.AddRange(lane.TakeWaitingSince(before));
            if (lane.Waiting == 0 && lane.Running == 0 && lane.UsedAt <= before)
            {
                _lanes.Remove(workflow);
            }
        }
        Waiting -= late.Count;
        return late;
    }

    private void Line(ExecutionLane lane)
    {
        if (lane.IsReady && !lane.IsInLine)
        {
            lane.IsInLine = true;
            _line.Enqueue(lane);
        }
    }
}
