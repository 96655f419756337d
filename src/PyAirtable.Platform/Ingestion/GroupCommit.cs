using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Platform.Ingestion;

/// <summary>
/// Stores the rows of many requests in one transaction: a commit waits for the disk, and the wait is the same for one row as for a
/// thousand. A writer that is free takes at once what is there; while it waits for the disk the next batch gathers. A request is
/// answered after the commit that holds its rows.
/// </summary>
/// <remarks>What was sent to a database that did not answer is not sent again: it may have been stored.</remarks>
internal sealed partial class GroupCommit<TRow> : IAsyncDisposable
    where TRow : IRow
{
    private readonly IRowStore<TRow> _store;
    private readonly IngestionOptions _options;
    private readonly Action<IReadOnlyList<TRow>> _stored;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IngestionMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly SubmissionQueue<TRow> _queue;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writers;
    private volatile bool _closed;
    private volatile bool _away;

    /// <summary>Nothing runs before the first row.</summary>
    /// <param name="store">The table.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="stored">Told of rows that were committed; must return at once.</param>
    /// <param name="table">Its name in metrics and logs.</param>
    /// <param name="metrics">Where it is counted.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">Where failures go.</param>
    public GroupCommit(IRowStore<TRow> store, IngestionOptions options, Action<IReadOnlyList<TRow>> stored, string table, ServiceMetrics metrics, TimeProvider clock, ILogger log)
    {
        (_store, _options, _stored, _clock, _log) = (store, options, stored, clock, log);
        _queue = new SubmissionQueue<TRow>(options);
        _metrics = new IngestionMetrics(metrics, table, () => Waiting);
    }

    /// <summary>Rows that wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _queue.Rows;
            }
        }
    }

    /// <summary>Stores the rows of one request, all or none. Returns once it is known what became of them; does not throw.</summary>
    public Task<IngestionOutcome> AddAsync(IReadOnlyList<TRow> rows)
    {
        var submission = new Submission<TRow>(rows);
        bool starts;
        lock (_gate)
        {
            if (_closed || _queue.IsFull)
            {
                _metrics.Refused(rows.Count, IngestionOutcome.Busy);
                return Task.FromResult(IngestionOutcome.Busy);
            }

            _queue.Add(submission);
            starts = _writers < _store.Writers;
            _writers += starts ? 1 : 0;
        }

        if (starts)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static commit => _ = commit.WriteAsync(), this, preferLocal: false);
        }

        return submission.Task;
    }

    /// <summary>Takes nothing more, and returns once all that waits is stored.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_writers == 0)
            {
                return;
            }
        }

        await _idle.Task;
    }

    private async Task WriteAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            await CommitAsync(batch);
        }
    }

    private List<Submission<TRow>> TakeBatch()
    {
        lock (_gate)
        {
            var batch = _queue.TakeBatch();
            if (batch.Count == 0 && --_writers == 0 && _closed)
            {
                _idle.SetResult();
            }

            return batch;
        }
    }

    private async Task CommitAsync(List<Submission<TRow>> batch)
    {
        IReadOnlyList<TRow> rows = batch is [var only] ? only.Rows : [.. batch.SelectMany(static submission => submission.Rows)];
        var (outcome, refusal) = await InsertAsync(rows);
        if (outcome == IngestionOutcome.Rejected && batch.Count > 1)
        {
            // One bad row fails the transaction, not the others: halves find it in few steps.
            await CommitAsync(batch[..(batch.Count / 2)]);
            await CommitAsync(batch[(batch.Count / 2)..]);
            return;
        }

        foreach (var submission in batch)
        {
            submission.SetResult(outcome);
        }

        if (outcome == IngestionOutcome.Stored)
        {
            _stored(rows);
            return;
        }

        _metrics.Refused(rows.Count, outcome);
        if (refusal is not null)
        {
            LogRefused(_log, refusal, rows.Count);
        }
    }

    private async Task<(IngestionOutcome Outcome, Exception? Refusal)> InsertAsync(IReadOnlyList<TRow> rows)
    {
        if (_closed && _away)
        {
            // The end of the process does not wait for the database.
            return (IngestionOutcome.Unavailable, null);
        }

        var started = _clock.GetTimestamp();
        using var limit = new CancellationTokenSource(_options.WriteLimit, _clock);
        try
        {
            await _store.InsertAsync(rows, limit.Token);
            _metrics.Committed(rows.Count, _clock.GetElapsedTime(started));
            NoteBack();
            return (IngestionOutcome.Stored, null);
        }
        catch (Exception error) when (_store.IsRefusal(error))
        {
            NoteBack();
            return (IngestionOutcome.Rejected, error);
        }
        catch (Exception error)
        {
            NoteAway(error);
            return (IngestionOutcome.Unavailable, null);
        }
    }
}
