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

        var (first, second) = (_lanes.Take()!, _lanes.Take()!);
        Assert.Equal([10, 20], [first.Job.Id, second.Job.Id]);
        Assert.Null(_lanes.Take());
        _lanes.Done(second);
        _lanes.Done(first);
        Assert.Equal([21, 11], [_lanes.Take()!.Job.Id, _lanes.Take()!.Job.Id]);
        Assert.Equal(0, _lanes.Waiting);
    }

    [Fact]
    public void Room_RunsOfSomeLength_AllowsWhatIsDoneSoon()
    {
        Assert.Equal(1, _lanes.Room(1));
        Run(1, TimeSpan.FromMilliseconds(100));
        Assert.Equal(5, _lanes.Room(1));
        Run(2, TimeSpan.FromMicroseconds(10));
        Assert.Equal(16, _lanes.Room(2));
        Run(3, TimeSpan.FromSeconds(5));
        Assert.Equal(1, _lanes.Room(3));
        Add(3, 30);
        Assert.Equal([3], _lanes.Full());
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

    private void Run(int workflow, TimeSpan time)
    {
        Add(workflow, workflow * 100);
        var held = _lanes.Take()!;
        _clock.Advance(time);
        _lanes.Done(held);
    }

    private void Add(int workflow, params int[] ids)
    {
        foreach (var id in ids)
        {
            _lanes.Add(new HeldExecution(new ExecutionJob { Id = id, WorkflowId = workflow }, Plan, _clock.GetTimestamp()));
        }
    }
}
