namespace PyAirtable.Hosting.Lifetime;

/// <summary>
/// The stop of the process, seen by all its parts. Order: <see cref="Stopping"/> is cancelled (workers take nothing new,
/// WebSockets close, readiness fails, every response carries <c>Connection: close</c>), connections in use are given a moment
/// to see that, listeners close, what is in flight ends or the deadline passes, workers hand their work back.
/// </summary>
public sealed class GracefulStop : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _begun;

    /// <summary>Cancelled when the process was asked to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>True from the first signal on.</summary>
    public bool HasBegun => _begun;

    /// <summary>Begins the stop.</summary>
    public void Begin()
    {
        _begun = true;
        _stopping.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();
}
