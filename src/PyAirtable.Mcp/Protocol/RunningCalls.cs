using ModelContextProtocol.Protocol;

namespace PyAirtable.Mcp.Protocol;

/// <summary>The direct calls of a session that are under way, so that its client can cancel them.</summary>
internal sealed class RunningCalls
{
    private readonly Lock _gate = new();
    private Dictionary<RequestId, CancellationTokenSource>? _calls;

    /// <summary>A call begins.</summary>
    /// <param name="id">Its request's id. Where it is that of another call too, the last one is cancelled by it.</param>
    /// <param name="aborted">Cancelled when its client goes away.</param>
    /// <returns>Cancelled with it; followed by <see cref="End"/>.</returns>
    public CancellationTokenSource Begin(RequestId id, CancellationToken aborted)
    {
        var call = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        lock (_gate)
        {
            _calls ??= [];
            _calls[id] = call;
        }
        return call;
    }

    /// <summary>A call has ended.</summary>
    public void End(RequestId id, CancellationTokenSource call)
    {
        lock (_gate)
        {
            if (_calls is { } calls && calls.TryGetValue(id, out var known) && known == call)
            {
                calls.Remove(id);
                // A session at rest keeps nothing of them.
                _calls = calls.Count > 0 ? calls : null;
            }
        }
        call.Dispose();
    }

    /// <summary>Cancels one; nothing where none of that id is under way.</summary>
    public void Cancel(RequestId id)
    {
        lock (_gate)
        {
            // What hangs on it runs elsewhere, not under the lock.
            _ = _calls?.GetValueOrDefault(id)?.CancelAsync();
        }
    }

    /// <summary>Cancels all.</summary>
    public void CancelAll()
    {
        lock (_gate)
        {
            foreach (var (_, call) in _calls ?? [])
            {
                _ = call.CancelAsync();
            }
        }
    }
}
