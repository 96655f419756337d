namespace PyAirtable.Automation.Storage;

/// <summary>
/// The one writer of this process's executions. A commit waits for the disk, and the wait is the same for one write as for a thousand: what
/// comes while it waits goes together in the next. Writes are applied in the order in which they came.
/// </summary>
internal sealed class ExecutionCommits(IExecutionBatches batches, TimeProvider clock)
{
    private const int MaxWrites = 1024;
    private const int MaxWeight = 4 * 1024 * 1024;

    // Beyond it the database counts as away. Leases are longer.
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Queue<ExecutionWrite> _waiting = new();
    private bool _isWriting;

    /// <summary>Who claims new executions in the transaction that adds them; null where nobody does.</summary>
    public TriggeredClaims? Claims { get; set; }

    /// <summary>Writes it with others; returns once it is on disk.</summary>
    public Task AddAsync(ExecutionWrite write)
    {
        bool starts;
        lock (_gate)
        {
            _waiting.Enqueue(write);
            starts = !_isWriting;
            _isWriting = true;
        }
        if (starts)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static commits => _ = commits.WriteAsync(), this, preferLocal: false);
        }
        return write.Committed;
    }

    private async Task WriteAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            await CommitAsync(batch);
        }
    }

    private List<ExecutionWrite> TakeBatch()
    {
        lock (_gate)
        {
            var batch = new List<ExecutionWrite>(Math.Min(_waiting.Count, MaxWrites));
            var weight = 0;
            while (batch.Count < MaxWrites && _waiting.TryPeek(out var next) && (batch.Count == 0 || weight + next.Weight <= MaxWeight))
            {
                batch.Add(_waiting.Dequeue());
                weight += next.Weight;
            }
            _isWriting = batch.Count > 0;
            return batch;
        }
    }

    private async Task CommitAsync(List<ExecutionWrite> batch)
    {
        var triggers = batch.OfType<TriggerWrite>().Select(static write => write.Execution.WorkflowId).Distinct().ToArray();
        var claim = triggers.Length > 0 && !batch.Exists(static write => write is ClaimWrite) ? Claims?.Ask(triggers) : null;
        if (claim is not null)
        {
            batch.Add(claim);
        }
        try
        {
            using var limit = new CancellationTokenSource(WriteLimit, clock);
            await batches.ApplyAsync(new ExecutionBatch(batch), limit.Token);
        }
        catch (Exception e) when (batch.Count > 1 && batches.IsRefusal(e))
        {
            // One bad write fails the transaction, not the others: halves find it in few steps.
            await CommitAsync(batch[..(batch.Count / 2)]);
            await CommitAsync(batch[(batch.Count / 2)..]);
            return;
        }
        catch (Exception e)
        {
            batch.ForEach(write => write.SetFailed(e));
            return;
        }
        batch.ForEach(static write => write.SetCommitted());
        if (triggers.Length > 0)
        {
            Claims?.Done(claim);
        }
    }
}
