using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Automation.Triggers;

/// <summary>An event of the bus as <c>trigger_data</c>: its envelope, with the id first, by which a repeat is told.</summary>
internal static class BusEvent
{
    /// <summary>The whole object, as it is stored.</summary>
    public static string Data(EventEnvelope happened) => JsonReply.Text(happened, static (json, happened) =>
    {
        json.WriteString("id"u8, happened.Id);
        json.WriteString("type"u8, happened.Type);
        json.WriteString("source"u8, happened.Source);
        WireTime.Write(json, "time"u8, WireTime.Cut(happened.Time.UtcDateTime));
        json.WritePropertyName("data"u8);
        json.WriteRawValue(happened.Data.Span);
    });

    /// <summary>What the stored text of this event, and of no other, begins with.</summary>
    public static string Start(EventEnvelope happened) => $"{{\"id\":\"{MinimalJsonEncoder.Instance.Encode(happened.Id)}\",";

    /// <summary>The execution that an event of this service is about; null for other events.</summary>
    public static long? ExecutionId(EventEnvelope happened) =>
        happened.Type.StartsWith("workflow.", StringComparison.Ordinal)
        && JsonElement.Parse(happened.Data.Span) is { ValueKind: JsonValueKind.Object } data
        && data.TryGetProperty("execution_id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number)
            ? number
            : null;
}
