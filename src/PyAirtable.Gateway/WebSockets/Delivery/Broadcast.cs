namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>Sends one message to all sessions that have a connection here. Other gateways have their own sources, and tell their
/// own clients.</summary>
internal sealed class Broadcast(SessionDirectory connections, ISessionExchange exchange)
{
    /// <summary>Sends, to each session an envelope of its own.</summary>
    public async Task SendAsync(SessionMessage message, CancellationToken cancel)
    {
        var pace = new Pace();
        foreach (var session in connections.SessionIds)
        {
            await exchange.SendHereAsync(session, message, cancel);
            await pace.NextAsync(cancel);
        }
    }
}
