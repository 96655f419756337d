using System.Threading.Tasks.Sources;

namespace PyAirtable.Hosting.Transport;

/// <summary>
/// One direction of a socket: tells the one who waits that the kernel has news. A signal that comes while nobody waits is kept for
/// the next wait, so none is lost. What waits goes on on the thread that signals, without a hop.
/// </summary>
internal sealed class Readiness : IValueTaskSource
{
    private const int Quiet = 0;
    private const int Signalled = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _wait;
    private int _state;

    /// <summary>Whether there is news that nobody has waited for yet.</summary>
    public bool IsSignalled => Volatile.Read(ref _state) == Signalled;

    /// <summary>Begins to wait; false if there is news already, which is taken by this.</summary>
    /// <param name="token">Token of the wait.</param>
    public bool TryBegin(out short token)
    {
        _wait.Reset();
        token = _wait.Version;
        if (Interlocked.CompareExchange(ref _state, Waiting, Quiet) == Quiet)
        {
            return true;
        }
        Volatile.Write(ref _state, Quiet);
        return false;
    }

    /// <summary>Waits for news.</summary>
    public ValueTask WaitAsync() => TryBegin(out var token) ? new ValueTask(this, token) : ValueTask.CompletedTask;

    /// <summary>There is news.</summary>
    public void Signal()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == Signalled)
            {
                return;
            }
            if (state == Waiting)
            {
                if (Interlocked.CompareExchange(ref _state, Quiet, Waiting) == Waiting)
                {
                    _wait.SetResult(true);
                    return;
                }
            }
            else if (Interlocked.CompareExchange(ref _state, Signalled, Quiet) == Quiet)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void GetResult(short token) => _wait.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _wait.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}
