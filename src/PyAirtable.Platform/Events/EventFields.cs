using PyAirtable.Hosting.Requests;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Events;

/// <summary>The members of an event that a client sends (platform contract 1.6, D-16).</summary>
internal static class EventFields
{
    /// <summary>Characters of a type at most: the width of its column.</summary>
    public const int MaxType = 100;

    /// <summary>Characters of a session's name at most.</summary>
    public const int MaxSession = 255;

    /// <summary>Reads them in the order in which faults are told.</summary>
    public static AnalyticsEvent Read(BodyFields fields, EventSource source) => new()
    {
        EventType = fields.Text("event_type", maxLength: MaxType),
        EventData = CompactJson.Of(fields.OptionalObject("event_data")),
        UserId = (int?)fields.OptionalInteger("user_id"),
        SessionId = fields.OptionalText("session_id", maxLength: MaxSession),
        Timestamp = source.Time,
        IpAddress = source.IpAddress,
        UserAgent = source.UserAgent,
    };
}
