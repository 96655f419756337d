using System.Net.ServerSentEvents;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>What comes of a request, as a stream that outlives the connection on which it was asked.</summary>
/// <param name="events">The stream.</param>
internal sealed class Answer(EventStream events) : ISseEventStreamWriter
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The stream.</summary>
    public EventStream Events => events;

    /// <summary>Whether it is an error.</summary>
    public bool IsError { get; private set; }

    /// <summary>Cancelled when nobody wants it any more.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Nobody wants it any more.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    /// <returns>The event without its message, which is sent here: what the protocol library writes of it goes nowhere.</returns>
    public async ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default)
    {
        var id = events.Last;
        // One without a message says from where to resume, as every reader is told anyway.
        if (sseItem.Data is { } message)
        {
            IsError |= message is JsonRpcError;
            await events.Add([RpcMessage.WriteEvent(message)], out id);
        }
        return new SseItem<JsonRpcMessage?>(null, sseItem.EventType) { EventId = id.ToString(), ReconnectionInterval = sseItem.ReconnectionInterval };
    }

    /// <inheritdoc/>
    public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        events.End();
        return ValueTask.CompletedTask;
    }
}
