using System.Text.Json;

namespace PyAirtable.Platform.Usage;

/// <summary>What one user used in a window.</summary>
internal sealed record UserCost
{
    public int UserId { get; init; }

    /// <summary>US dollars, not rounded.</summary>
    public double TotalCost { get; init; }

    public long TotalTokens { get; init; }

    public long TotalApiCalls { get; init; }

    /// <summary>Writes it as an object (platform contract 1.8, N6).</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("user_id"u8, UserId);
        json.WriteNumber("total_cost"u8, TotalCost);
        json.WriteNumber("total_tokens"u8, TotalTokens);
        json.WriteNumber("total_api_calls"u8, TotalApiCalls);
        json.WriteEndObject();
    }
}
