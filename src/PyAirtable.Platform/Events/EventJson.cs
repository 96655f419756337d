using System.Text.Json;

namespace PyAirtable.Platform.Events;

/// <summary>An event as clients see it (platform contract 1.2): no address, no user agent.</summary>
internal static class EventJson
{
    /// <summary>Writes the members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, AnalyticsEvent stored)
    {
        json.WriteNumber("id"u8, stored.Id);
        json.WriteString("event_type"u8, stored.EventType);
        json.WritePropertyName("event_data"u8);
        json.WriteRawValue(stored.EventData, skipInputValidation: true);
        json.WriteUserId(stored.UserId);
        json.WriteString("session_id"u8, stored.SessionId);
        WireTime.Write(json, "timestamp"u8, stored.Timestamp);
    }

    /// <summary>Writes only what the list of recent events and the event bus have of it (platform contract 4.5).</summary>
    public static void WriteBriefMembers(Utf8JsonWriter json, StoredEvent stored)
    {
        json.WriteNumber("id"u8, stored.Id);
        json.WriteString("event_type"u8, stored.EventType);
        json.WriteUserId(stored.UserId);
        WireTime.Write(json, "timestamp"u8, stored.Timestamp);
    }
}
