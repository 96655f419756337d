using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Workflows;

internal sealed partial class ExecutionEngine
{
    // Whether there may be more to claim at once. Workflows take turns: each look begins behind the last one of the look before.
    private async Task<bool> ClaimAsync()
    {
        bool isLow;
        int[] full;
        lock (_gate)
        {
            isLow = IsLow;
            full = _lanes.Full();
        }
        // What is left out now is looked for when something is done.
        _isHungry = !isLow || full.Length > 0;
        if (!isLow)
        {
            return false;
        }
        var (after, most) = (_after, MaxWorkflows + full.Length);
        var waiting = await jobs.ListWaitingAsync(after, most, _ended.Token);
        _after = waiting.Count < most ? 0 : waiting[^1];
        var isRoundDone = after > 0 && _after == 0;
        var wanted = waiting.Except(full).ToArray();
        if (wanted.Length == 0)
        {
            return isRoundDone;
        }
        var claim = new ClaimWrite(_process, wanted, RoomOf, Room, Now, Now + LeaseTerms.Length);
        await commits.AddAsync(claim);
        Take(claim);
        if (claim.LastShared < wanted[^1] && claim.LastShared > 0)
        {
            _after = claim.LastShared;
        }
        return isRoundDone || (claim.Jobs.Count > 0 && claim.MayHaveMore);
    }

    // A claim of a few costs as much as one of many.
    private bool IsLow => _lanes.Waiting <= options.QueueSize / 2;

    private int Room()
    {
        lock (_gate)
        {
            return options.QueueSize - _lanes.Waiting;
        }
    }

    private int RoomOf(int workflow)
    {
        lock (_gate)
        {
            return _lanes.Room(workflow);
        }
    }

    // While nothing waits, new executions are claimed as they are added; else they wait for their turn.
    private ClaimWrite? ClaimTriggered(int[] workflows)
    {
        lock (_gate)
        {
            return _isStopping || _lanes.Waiting > 0 || _running >= options.Workers
                ? null
                : new ClaimWrite(_process, workflows, RoomOf, Room, Now, Now + LeaseTerms.Length);
        }
    }

    private void TakeTriggered(ClaimWrite? claim)
    {
        if (claim is not null)
        {
            Take(claim);
        }
        if (claim is null || claim.MayHaveMore)
        {
            notices.Work();
        }
    }

    private void Take(ClaimWrite claim)
    {
        var now = clock.GetTimestamp();
        var plans = claim.Jobs.Select(static job => job.WorkflowId).Distinct().ToDictionary(static id => id, id => WorkflowPlan.Parse(claim.Configs[id], steps));
        metrics.Claimed(claim.Jobs.Count);
        lock (_gate)
        {
            foreach (var job in claim.Jobs)
            {
                if (_held.Remove(job.Id, out var older))
                {
                    // Its lease ended before it could be renewed.
                    older.Lose();
                    _lanes.Remove(older);
                }
                _held[job.Id] = new HeldExecution(job, plans[job.WorkflowId], now);
                _lanes.Add(_held[job.Id]);
            }
            StartWorkers();
        }
    }

    private async Task LookAfterClaimsAsync()
    {
        if (notices.TakeStop() | IsDue(ref _lookedAt, LeaseTerms.Poll))
        {
            await GiveBackAsync(LeaseTerms.Poll);
            await StopOthersAsync();
        }
        if (IsDue(ref _renewedAt, LeaseTerms.Renewal))
        {
            await RenewAsync();
            await jobs.EndAbandonedAsync(Interrupted, Now, _ended.Token);
            Pending = await jobs.CountPendingAsync(MaxCounted, _ended.Token);
        }
    }

    private async Task RenewAsync()
    {
        int[] ids;
        lock (_gate)
        {
            ids = [.. _held.Keys];
        }
        if (ids.Length > 0)
        {
            await commits.AddAsync(new RenewalWrite(_process, ids, Now + LeaseTerms.Length));
        }
    }

    // What waits behind a long run may be begun by another process before.
    private async Task GiveBackAsync(TimeSpan age)
    {
        List<HeldExecution> late;
        lock (_gate)
        {
            late = _lanes.TakeLate(age);
            late.ForEach(held => _held.Remove(held.Job.Id));
        }
        await jobs.ReleaseAsync([.. late.Select(static held => held.Job)], CancellationToken.None);
    }

    private async Task StopOthersAsync()
    {
        List<HeldExecution> before;
        lock (_gate)
        {
            before = [.. _held.Values];
        }
        if (before.Count == 0)
        {
            return;
        }
        var leased = (await jobs.ListLeasedAsync(_process, _ended.Token)).ToDictionary(static row => row.Id);
        foreach (var held in before)
        {
            if (!leased.TryGetValue(held.Job.Id, out var row) || row.Claim != held.Job.Claim)
            {
                Lose(held);
            }
            else if (row.IsCancelled)
            {
                held.Cancel();
            }
        }
    }

    private void Lose(HeldExecution held)
    {
        held.Lose();
        lock (_gate)
        {
            if (_lanes.Remove(held))
            {
                _held.Remove(held.Job.Id);
            }
        }
    }
}
