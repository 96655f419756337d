using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Platform.Dashboard;

/// <summary>What happened in the whole system since a moment (platform contract 4.4).</summary>
internal sealed record DashboardFigures
{
    /// <summary>Events.</summary>
    public required long TotalEvents { get; init; }

    /// <summary>Different users among them.</summary>
    public required long ActiveUsers { get; init; }

    /// <summary>Sum of the metrics named <c>api_calls</c>.</summary>
    public required double ApiCalls { get; init; }

    /// <summary>US dollars, not rounded.</summary>
    public required double TotalCost { get; init; }

    /// <summary>The five endpoints with most metrics.</summary>
    public required IReadOnlyList<EndpointCount> TopEndpoints { get; init; }

    /// <summary>The ten newest events.</summary>
    public required IReadOnlyList<ListedEvent> RecentEvents { get; init; }

    /// <summary>Writes the members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, DashboardFigures figures)
    {
        json.WriteNumber("total_events"u8, figures.TotalEvents);
        json.WriteNumber("active_users"u8, figures.ActiveUsers);
        WriteWhole(json, "total_api_calls"u8, figures.ApiCalls);
        json.WriteNumber("total_cost"u8, figures.TotalCost);
        WriteEndpoints(json, figures.TopEndpoints);
        json.WriteStartArray("recent_events"u8);
        foreach (var listed in figures.RecentEvents)
        {
            listed.WriteTo(json);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a number cut to an integer, however large.</summary>
    public static void WriteWhole(Utf8JsonWriter json, ReadOnlySpan<byte> name, double number)
    {
        json.WritePropertyName(name);
        // Adding zero turns -0 into 0.
        json.WriteRawValue((Math.Truncate(number) + 0.0).ToString("F0", CultureInfo.InvariantCulture), skipInputValidation: true);
    }

    /// <summary>Writes the member <c>top_endpoints</c>.</summary>
    public static void WriteEndpoints(Utf8JsonWriter json, IReadOnlyList<EndpointCount> endpoints)
    {
        json.WriteStartArray("top_endpoints"u8);
        foreach (var entry in endpoints)
        {
            json.WriteStartObject();
            json.WriteString("endpoint"u8, entry.Endpoint);
            json.WriteNumber("count"u8, entry.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
