namespace PyAirtable.Gateway.WebSockets;

/// <summary>Sessions that nobody listens to.</summary>
internal sealed class NoSessionMessages : ISessionMessages
{
    /// <inheritdoc/>
    public ValueTask SendAsync(string sessionId, SessionMessage message, CancellationToken cancel) => ValueTask.CompletedTask;
}
