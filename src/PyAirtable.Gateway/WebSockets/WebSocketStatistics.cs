using System.Text.Json;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>Counts of the WebSocket connections since the start (gateway contract 1.9).</summary>
internal readonly record struct WebSocketStatistics
{
    /// <summary>Connections accepted.</summary>
    public long TotalConnections { get; init; }

    /// <summary>Connections open now.</summary>
    public long ActiveConnections { get; init; }

    /// <summary>Data messages and pongs sent.</summary>
    public long MessagesSent { get; init; }

    /// <summary>Messages that were ever queued.</summary>
    public long MessagesQueued { get; init; }

    /// <summary>Times that a connection ran into its limit.</summary>
    public long RateLimitViolations { get; init; }

    /// <summary>Connections refused for their key.</summary>
    public long AuthenticationFailures { get; init; }

    /// <summary>Sessions with a connection.</summary>
    public long ActiveSessions { get; init; }

    /// <summary>Messages in queues now.</summary>
    public long QueuedMessagesTotal { get; init; }

    /// <summary>Writes them as an object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembersTo(json);
        json.WriteEndObject();
    }

    /// <summary>Writes them as members of an object; the average always has a fraction, as Python's floats do.</summary>
    public void WriteMembersTo(Utf8JsonWriter json)
    {
        json.WriteNumber("total_connections"u8, TotalConnections);
        json.WriteNumber("active_connections"u8, ActiveConnections);
        json.WriteNumber("messages_sent"u8, MessagesSent);
        json.WriteNumber("messages_queued"u8, MessagesQueued);
        json.WriteNumber("rate_limit_violations"u8, RateLimitViolations);
        json.WriteNumber("authentication_failures"u8, AuthenticationFailures);
        json.WriteNumber("active_sessions"u8, ActiveSessions);
        json.WriteNumber("queued_messages_total"u8, QueuedMessagesTotal);
        var average = MessagesSent / (double)Math.Max(1, TotalConnections);
        json.WritePropertyName("average_messages_per_connection"u8);
        json.WriteRawValue(average.ToString(average == Math.Floor(average) ? "F1" : "R", System.Globalization.CultureInfo.InvariantCulture));
    }
}
