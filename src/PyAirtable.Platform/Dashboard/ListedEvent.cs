using System.Globalization;
using System.Text.Json;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Events;

namespace PyAirtable.Platform.Dashboard;

/// <summary>A row of <c>platform_analytics_events</c>, as lists show it.</summary>
internal sealed record ListedEvent
{
    /// <summary>The columns of a query that reads it.</summary>
    public const string Columns = """
        id AS Id, user_id AS UserId, event_type AS EventType, event_data AS EventData, timestamp AS Timestamp,
        session_id AS SessionId, ip_address AS IpAddress, user_agent AS UserAgent
        """;

    public int Id { get; init; }

    public int? UserId { get; init; }

    public string EventType { get; init; } = "";

    /// <summary>JSON, as it is stored.</summary>
    public string EventData { get; init; } = "";

    /// <summary>UTC, of unspecified kind.</summary>
    public DateTime Timestamp { get; init; }

    public string? SessionId { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The row of an event that was stored.</summary>
    public static ListedEvent Of(AnalyticsEvent stored) => new()
    {
        Id = stored.Id,
        UserId = stored.UserId,
        EventType = stored.EventType,
        EventData = stored.EventData,
        Timestamp = stored.Timestamp,
        SessionId = stored.SessionId,
        IpAddress = stored.IpAddress,
        UserAgent = stored.UserAgent,
    };

    /// <summary>Writes it as an EventResponse (platform contract 1.2).</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, Id);
        json.WriteString("event_type"u8, EventType);
        StoredJson.Write(json, "event_data"u8, EventData);
        json.WriteUserId(UserId);
        json.WriteString("session_id"u8, SessionId);
        WireTime.Write(json, "timestamp"u8, Timestamp);
        json.WriteEndObject();
    }

    /// <summary>Writes it as the Go service's event (platform contract 8.4): the id as text, no nulls among texts, times with a zone.</summary>
    public void WriteGoTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteGoMembers(json);
        json.WriteEndObject();
    }

    /// <summary>The same into an object that is open.</summary>
    public void WriteGoMembers(Utf8JsonWriter json)
    {
        json.WriteString("id"u8, Id.ToString(CultureInfo.InvariantCulture));
        json.WriteUserId(UserId);
        json.WriteString("event_name"u8, EventType);
        StoredJson.Write(json, "properties"u8, EventData);
        WireTime.WriteZoned(json, "timestamp"u8, Timestamp);
        json.WriteString("session_id"u8, SessionId ?? "");
        json.WriteString("ip_address"u8, IpAddress ?? "");
        json.WriteString("user_agent"u8, UserAgent ?? "");
        WireTime.WriteZoned(json, "created_at"u8, Timestamp);
    }
}
