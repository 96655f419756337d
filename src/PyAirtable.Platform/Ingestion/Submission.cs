namespace PyAirtable.Platform.Ingestion;

/// <summary>The rows of one request, which are stored together; completed with what became of them.</summary>
/// <remarks>Whoever waits goes on elsewhere, so that the writer is free for what comes next.</remarks>
internal sealed class Submission<TRow>(IReadOnlyList<TRow> rows) : TaskCompletionSource<IngestionOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    where TRow : IRow
{
    // Queue, task and array of a submission.
    private const int Overhead = 200;

    /// <summary>The rows.</summary>
    public IReadOnlyList<TRow> Rows { get; } = rows;

    /// <summary>Bytes of memory that they take, roughly.</summary>
    public long Weight { get; } = Overhead + rows.Sum(static row => (long)row.Weight);
}
