namespace PyAirtable.Platform.Passwords;

/// <summary>One hash that is asked for. It may be computed twice at the same time: the first result counts.</summary>
internal abstract class HashingJob
{
    private long _begun;
    private bool _takenOver;

    /// <summary>Whether a second thread computes it too.</summary>
    public bool IsTakenOver => Volatile.Read(ref _takenOver);

    /// <summary>Says that a thread begins with it now.</summary>
    public void Begin() => _begun = Environment.TickCount64;

    /// <summary>Whether it was begun so long ago, in milliseconds, and no second thread has it yet, which from now on one has.</summary>
    public bool TryTakeOver(long patience)
    {
        if (IsTakenOver || Environment.TickCount64 - _begun < patience)
        {
            return false;
        }

        Volatile.Write(ref _takenOver, true);
        return true;
    }

    /// <summary>Computes it, unless whoever asked has gone.</summary>
    public abstract void Run();
}

/// <summary>A hash whose result is of a type.</summary>
internal sealed class HashingJob<T>(Func<T> work, CancellationToken cancel) : HashingJob
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it comes to.</summary>
    public Task<T> Result => _result.Task;

    /// <inheritdoc/>
    public override void Run()
    {
        if (cancel.IsCancellationRequested)
        {
            _result.TrySetCanceled(cancel);
            return;
        }

        try
        {
            _result.TrySetResult(work());
        }
        catch (Exception error)
        {
            _result.TrySetException(error);
        }
    }
}
