using System.Text.Json;

namespace PyAirtable.Platform.Dashboard;

/// <summary>How many events have a name.</summary>
internal sealed record EventCount
{
    public string EventName { get; init; } = "";

    public long Count { get; init; }

    /// <summary>Writes several as a member that is an array.</summary>
    public static void WriteAll(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<EventCount> counts)
    {
        json.WriteStartArray(name);
        foreach (var entry in counts)
        {
            json.WriteStartObject();
            json.WriteString("event_name"u8, entry.EventName);
            json.WriteNumber("count"u8, entry.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
