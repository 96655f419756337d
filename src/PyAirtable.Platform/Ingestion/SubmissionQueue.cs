namespace PyAirtable.Platform.Ingestion;

/// <summary>Submissions that wait, first come first served. Not for concurrent use.</summary>
internal sealed class SubmissionQueue<TRow>(IngestionOptions options)
    where TRow : IRow
{
    private readonly Queue<Submission<TRow>> _waiting = new();
    private long _bytes;

    /// <summary>Rows that wait.</summary>
    public int Rows { get; private set; }

    /// <summary>True while nothing more is taken. What is taken last may go beyond the bounds, by one request.</summary>
    public bool IsFull => Rows >= options.MaxWaitingRows || _bytes >= options.MaxWaitingBytes;

    /// <summary>Adds one at the end.</summary>
    public void Add(Submission<TRow> submission)
    {
        _waiting.Enqueue(submission);
        Rows += submission.Rows.Count;
        _bytes += submission.Weight;
    }

    /// <summary>Takes as much as one transaction shall have, and at least one submission; none only where none waits.</summary>
    public List<Submission<TRow>> TakeBatch()
    {
        List<Submission<TRow>> batch = [];
        var (rows, bytes) = (0, 0L);
        while (_waiting.TryPeek(out var next) && (batch.Count == 0 || (rows + next.Rows.Count <= options.MaxBatchRows && bytes + next.Weight <= options.MaxBatchBytes)))
        {
            batch.Add(_waiting.Dequeue());
            rows += next.Rows.Count;
            bytes += next.Weight;
        }

        Rows -= rows;
        _bytes -= bytes;
        return batch;
    }
}
