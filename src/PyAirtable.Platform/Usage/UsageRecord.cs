using System.Text.Json;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Usage;

/// <summary>A row of <c>platform_analytics_usage</c>: what one user used in one period.</summary>
internal sealed record UsageRecord
{
    public int Id { get; init; }

    public int UserId { get; init; }

    public int ApiCallsCount { get; init; }

    public int TokensUsed { get; init; }

    public double CostUsd { get; init; }

    /// <summary>Start of the period; UTC, of unspecified kind.</summary>
    public DateTime Date { get; init; }

    public string PeriodType { get; init; } = "";

    /// <summary>Writes it as an object (platform contract 1.2, UsageResponse).</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("user_id"u8, UserId);
        json.WriteNumber("api_calls_count"u8, ApiCallsCount);
        json.WriteNumber("tokens_used"u8, TokensUsed);
        if (double.IsFinite(CostUsd))
        {
            json.WriteNumber("cost_usd"u8, CostUsd);
        }
        else
        {
            json.WriteNull("cost_usd"u8);
        }

        WireTime.Write(json, "date"u8, Date);
        json.WriteString("period_type"u8, PeriodType);
        json.WriteEndObject();
    }
}
