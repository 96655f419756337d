using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Platform.Dashboard;

/// <summary>Figures of the whole system and all time (platform contract 8.5).</summary>
internal sealed record SummaryFigures
{
    /// <summary>Accounts, deleted ones included.</summary>
    public required long TotalUsers { get; init; }

    /// <summary>Different users among the events of the last 24 hours.</summary>
    public required long ActiveUsers { get; init; }

    /// <summary>Events of the last 24 hours.</summary>
    public required long EventsLastDay { get; init; }

    /// <summary>Events by name, most frequent first, for all names.</summary>
    public required IReadOnlyList<EventCount> EventsByName { get; init; }

    /// <summary>Sum of the metrics named <c>api_calls</c>.</summary>
    public required double ApiCalls { get; init; }

    /// <summary>US dollars, not rounded.</summary>
    public required double TotalCost { get; init; }

    /// <summary>Writes the members into an object that is open.</summary>
    public void WriteMembers(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WriteNumber("total_users"u8, TotalUsers);
        json.WriteNumber("active_users"u8, ActiveUsers);
        json.WriteNumber("total_events"u8, EventsByName.Sum(entry => entry.Count));
        json.WriteNumber("events_last_24h"u8, EventsLastDay);
        json.WriteNumber("total_api_calls"u8, ApiCalls);
        json.WriteNumber("total_cost"u8, TotalCost);
        EventCount.WriteAll(json, "top_events"u8, [.. EventsByName.Take(10)]);
        json.WriteString("generated_at"u8, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
