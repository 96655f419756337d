using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>Takes the client's word where it cancels one.</summary>
    public void Hear(JsonRpcMessage message)
    {
        if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject told } && IdIn(told) is { } id)
        {
            lock (_gate)
            {
                // What hangs on it runs elsewhere, not under the lock.
                _ = _calls?.GetValueOrDefault(id)?.CancelAsync();
            }
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

    // A member that is there twice, or half a surrogate pair, is found out only here; there is no such call.
    private static RequestId? IdIn(JsonObject told)
    {
        try
        {
            return told["requestId"] is JsonValue value && value.TryGetValue<JsonElement>(out var id) ? DirectCall.IdOf(id) : null;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
