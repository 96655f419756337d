namespace PyAirtable.Gateway.WebSockets;

/// <summary>Brings messages to the clients of a session: those of this gateway, or of several that share a Redis.</summary>
internal interface ISessionMessages
{
    /// <summary>Sends to every authenticated connection of the session, or queues the message where none takes it.</summary>
    ValueTask SendAsync(string sessionId, SessionMessage message, CancellationToken cancel);
}
