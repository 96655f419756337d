namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>Brings together the messages of sessions and their connections.</summary>
internal interface ISessionExchange : ISessionMessages
{
    /// <summary>Messages in queues now.</summary>
    long Queued { get; }

    /// <summary>Opens a connection whose client has shown its key: it gets what the session has missed, then what comes.</summary>
    Task OpenAsync(ClientConnection connection);

    /// <summary>Frees the connection's place in its session; again has no effect.</summary>
    void Leave(ClientConnection connection);

    /// <summary>Sends to the connections of one session on this gateway alone, or queues the message where none takes it.</summary>
    ValueTask SendHereAsync(string sessionId, SessionMessage message, CancellationToken cancel);

    /// <summary>Drops what has waited for too long, and mends what was cut. To be called every few seconds.</summary>
    Task SweepAsync(CancellationToken cancel);
}
