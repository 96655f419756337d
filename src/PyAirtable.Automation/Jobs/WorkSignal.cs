namespace PyAirtable.Automation.Jobs;

/// <summary>Wakes a worker at the moment a job was committed. Several notes before it looks are one.</summary>
internal sealed class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim _notes = new(0, 1);

    /// <summary>Says that there may be work.</summary>
    public void Notify()
    {
        try
        {
            _notes.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been told already.
        }
    }

    /// <summary>Waits for a note, or for <paramref name="limit"/> when none comes; whether one came.</summary>
    public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancel) => _notes.WaitAsync(limit, cancel);

    public void Dispose() => _notes.Dispose();
}
