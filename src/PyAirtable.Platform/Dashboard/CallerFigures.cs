using System.Text.Json;

namespace PyAirtable.Platform.Dashboard;

/// <summary>What one user did since a moment (platform contract 8.4).</summary>
internal sealed record CallerFigures
{
    /// <summary>Whose.</summary>
    public required int UserId { get; init; }

    /// <summary>Events by their name, most frequent first.</summary>
    public required IReadOnlyList<EventCount> EventsByName { get; init; }

    /// <summary>Sum of the metrics named <c>api_calls</c>.</summary>
    public required double ApiCalls { get; init; }

    /// <summary>US dollars, not rounded.</summary>
    public required double TotalCost { get; init; }

    /// <summary>The five endpoints with most metrics.</summary>
    public required IReadOnlyList<EndpointCount> TopEndpoints { get; init; }

    /// <summary>The ten newest events.</summary>
    public required IReadOnlyList<ListedEvent> RecentEvents { get; init; }

    /// <summary>Writes the members into an object that is open.</summary>
    public void WriteMembers(Utf8JsonWriter json, long hours)
    {
        json.WriteNumber("user_id"u8, UserId);
        json.WriteNumber("period_hours"u8, hours);
        json.WriteNumber("total_events"u8, EventsByName.Sum(entry => entry.Count));
        DashboardFigures.WriteWhole(json, "total_api_calls"u8, ApiCalls);
        json.WriteNumber("total_cost"u8, TotalCost);
        EventCount.WriteAll(json, "events_by_name"u8, EventsByName);
        DashboardFigures.WriteEndpoints(json, TopEndpoints);
        json.WriteStartArray("recent_events"u8);
        foreach (var listed in RecentEvents)
        {
            listed.WriteGoTo(json);
        }

        json.WriteEndArray();
    }
}
