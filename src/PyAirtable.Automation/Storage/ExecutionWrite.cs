namespace PyAirtable.Automation.Storage;

/// <summary>Something that waits to be written with others in one transaction, and is told when that is on disk.</summary>
internal abstract class ExecutionWrite
{
    // Whoever waits goes on elsewhere, so that the writer is free for what comes next.
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once it is on disk; fails with why it is not known to be.</summary>
    public Task Committed => _committed.Task;

    /// <summary>Characters that it holds, roughly.</summary>
    public virtual int Weight => 64;

    /// <summary>It is on disk.</summary>
    public void SetCommitted() => _committed.SetResult();

    /// <summary>It is not, or nobody knows.</summary>
    public void SetFailed(Exception error) => _committed.SetException(error);
}
