using System.Text.Json;

namespace PyAirtable.Gateway.Health;

/// <summary>What an upstream answered to the question how it is.</summary>
/// <param name="Name">The upstream's name.</param>
/// <param name="Url">Its base URL as configured.</param>
/// <param name="Status"><c>healthy</c>, <c>unhealthy</c> or <c>unreachable</c>.</param>
/// <param name="Elapsed">Time that the answer took.</param>
/// <param name="Error">What is wrong; null when it is healthy.</param>
/// <param name="Circuit">State of the circuit for calls of clients: <c>closed</c>, <c>half-open</c> or <c>open</c>.</param>
internal sealed record UpstreamState(string Name, string Url, string Status, TimeSpan Elapsed, string? Error, string Circuit)
{
    /// <summary>True for <c>healthy</c>.</summary>
    public bool IsHealthy => Error is null;

    /// <summary>Writes the entry of <c>services</c>.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, Name);
        json.WriteString("status"u8, Status);
        json.WriteString("url"u8, Url);
        if (Error is null)
        {
            json.WriteNumber("response_time"u8, Math.Round((decimal)Elapsed.TotalSeconds, 6));
        }
        else
        {
            json.WriteString("error"u8, Error);
        }
        json.WriteString("circuit"u8, Circuit);
        json.WriteEndObject();
    }
}
