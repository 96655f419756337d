using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>Settings of the WebSocket connections (gateway contract 2.6 to 2.8 and 5.1).</summary>
public sealed record WebSocketSettings
{
    /// <summary>Connections open at once; further handshakes are answered 503.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>Connections of one session, authenticated or not; further handshakes are answered 403.</summary>
    public required int MaxConnectionsPerSession { get; init; }

    /// <summary>Messages per connection and <see cref="RateWindow"/>.</summary>
    public required int MessageRate { get; init; }

    /// <summary>Length of the rate limit's window, and of the block after it was exceeded.</summary>
    public required TimeSpan RateWindow { get; init; }

    /// <summary>Messages that wait for a session without a connection.</summary>
    public required int MaxQueuedMessages { get; init; }

    /// <summary>How long they wait.</summary>
    public required TimeSpan QueueLifetime { get; init; }

    /// <summary>Time between two application pings.</summary>
    public required TimeSpan PingInterval { get; init; }

    /// <summary>How long a connection may be idle.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>Reads them.</summary>
    public static WebSocketSettings Read(SettingsReader settings) => new()
    {
        MaxConnections = settings.Number("WS_MAX_CONNECTIONS", 100_000, 1, 10_000_000, "WebSocket connections open at once."),
        MaxConnectionsPerSession = settings.Number("WS_MAX_CONNECTIONS_PER_SESSION", 5, 1, 10_000, "WebSocket connections of one session."),
        MessageRate = settings.Number("WS_MESSAGE_RATE_LIMIT", 100, 1, 1_000_000, "Messages to one WebSocket connection within WS_RATE_LIMIT_WINDOW."),
        RateWindow = Seconds(settings, "WS_RATE_LIMIT_WINDOW", 60, "Seconds of the message limit's window, and of the block when it is exceeded."),
        MaxQueuedMessages = settings.Number("WS_MAX_QUEUED_MESSAGES", 1000, 1, 100_000, "Messages kept for a session without a connection; the oldest give way."),
        QueueLifetime = Seconds(settings, "WS_MESSAGE_QUEUE_TTL", 3600, "Seconds that they are kept."),
        PingInterval = Seconds(settings, "WS_PING_INTERVAL", 30, "Seconds between two application pings to a WebSocket connection."),
        IdleTimeout = Seconds(settings, "WS_CONNECTION_TIMEOUT", 300, "Seconds after which a silent WebSocket connection is closed."),
    };

    private static TimeSpan Seconds(SettingsReader settings, string name, int fallback, string description) =>
        TimeSpan.FromSeconds(settings.Number(name, fallback, 1, 86_400, description));
}
