namespace PyAirtable.Gateway.Upstreams;

/// <summary>An upstream's answer to a call: its head is there, its body is read from the network as it is asked for.
/// Disposing it early gives the connection up.</summary>
internal abstract class UpstreamReply : IAsyncDisposable
{
    /// <summary>Address of the request with its query, by the upstream's name.</summary>
    public string Url { get; protected init; } = "";

    /// <summary>HTTP status.</summary>
    public int Status { get; protected init; }

    /// <summary>Reason phrase; may be empty.</summary>
    public string Reason { get; protected init; } = "";

    /// <summary>Target of a redirect; null where there is none.</summary>
    public string? Location { get; protected init; }

    /// <summary>Bytes of the body where the head says it.</summary>
    public long? ContentLength { get; protected init; }

    /// <summary>Reads what has come of the body, or waits for some; 0 at its end.</summary>
    /// <exception cref="UpstreamException">The upstream was silent for too long, or went away before the end.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
