using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Workflows;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Workflows;

public sealed class ExecutionLanesTests
{
    private static readonly WorkflowPlan Plan = WorkflowPlan.Parse("{}", new Dictionary<string, IStep>());

    private readonly ManualTime _clock = new();
    private readonly ExecutionLanes _lanes;

    public ExecutionLanesTests() => _lanes = new ExecutionLanes(parallel: 1, most: 16, _clock);

    [Fact]
    public void Take_SeveralLanes_TakeTurnsAndKeepTheirOrder()
    {
        Add(1, 10, 11);
        Add(2, 20, 21);

        Assert.Equal([10, 20], [_lanes.Take()!.Job.Id, _lanes.Take()!.Job.Id]);
        Assert.Null(_lanes.Take());
        _lanes.Done(2);
        _lanes.Done(1);
        Assert.Equal([21, 11], [_lanes.Take()!.Job.Id, _lanes.Take()!.Job.Id]);
        Assert.Equal(0, _lanes.Waiting);
    }

    [Fact]
    public void Claim_ShortRuns_AllowsTwiceAsManyEachTime()
    {
        Assert.Equal(1, _lanes.Claim(1));
        Add(1, 1);
        RunAll();
        Assert.Equal(2, _lanes.Claim(1));
        Add(1, 2, 3);
        RunAll();
        Assert.Equal(4, _lanes.Claim(1));
        Assert.Empty(_lanes.Full());
    }

    [Fact]
    public void Claim_LongRuns_AllowsNoMoreThanMayRun()
    {
        Add(1, 1);
        _lanes.Take();
        Assert.Equal([1], _lanes.Full());
        _clock.Advance(TimeSpan.FromSeconds(5));
        _lanes.Done(1);
        Assert.Equal(1, _lanes.Claim(1));
    }

    [Fact]
    public void TakeLate_WaitingBehindALongRun_IsTakenOutAndClaimedNoMore()
    {
        Add(1, 1, 2, 3);
        _lanes.Take();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([2, 3], _lanes.TakeLate(TimeSpan.FromSeconds(1)).Select(held => held.Job.Id));
        Assert.Equal(0, _lanes.Waiting);
        Assert.Equal([1], _lanes.Full());
    }

    private void RunAll()
    {
        while (_lanes.Take() is { } held)
        {
            _lanes.Done(held.Job.WorkflowId);
        }
    }

    private void Add(int workflow, params int[] ids)
    {
        foreach (var id in ids)
        {
            _lanes.Add(new HeldExecution(new ExecutionJob { Id = id, WorkflowId = workflow }, Plan, _clock.GetTimestamp()));
        }
    }
}
