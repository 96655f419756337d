namespace PyAirtable.Platform.Tests.Ingestion;

/// <summary>A transaction under way.</summary>
internal sealed class HeldTransaction(IReadOnlyList<string> rows)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Rows { get; } = rows;

    public Task End => _end.Task;

    public void Commit() => _end.SetResult();

    /// <summary>The database refuses one of the rows.</summary>
    public void Refuse() => _end.SetException(new FormatException());

    /// <summary>The connection is lost.</summary>
    public void Lose() => _end.SetException(new IOException());
}
