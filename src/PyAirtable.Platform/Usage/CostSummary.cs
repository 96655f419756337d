using System.Text.Json;

namespace PyAirtable.Platform.Usage;

/// <summary>What all users together used in a window, with the cost of one token and of one call (platform contract 4.3).</summary>
internal sealed record CostSummary(double TotalCost, long TotalTokens, long TotalApiCalls)
{
    /// <summary>The sum over users.</summary>
    public static CostSummary Of(IReadOnlyList<UserCost> users) =>
        new(users.Sum(user => user.TotalCost), users.Sum(user => user.TotalTokens), users.Sum(user => user.TotalApiCalls));

    /// <summary>US dollars, rounded to 4 decimals.</summary>
    public double RoundedCost => DecimalRounding.Round(TotalCost, 4);

    /// <summary>US dollars, rounded to 6 decimals; 0 without tokens.</summary>
    public double CostPerToken => TotalTokens > 0 ? DecimalRounding.Round(TotalCost / TotalTokens, 6) : 0;

    /// <summary>US dollars, rounded to 4 decimals; 0 without calls.</summary>
    public double CostPerApiCall => TotalApiCalls > 0 ? DecimalRounding.Round(TotalCost / TotalApiCalls, 4) : 0;

    /// <summary>Writes it as an object.</summary>
    public void WriteTo(Utf8JsonWriter json, int days)
    {
        json.WriteStartObject();
        json.WriteNumber("total_cost_usd"u8, RoundedCost);
        json.WriteNumber("total_tokens"u8, TotalTokens);
        json.WriteNumber("total_api_calls"u8, TotalApiCalls);
        json.WriteNumber("period_days"u8, days);
        json.WriteNumber("cost_per_token"u8, CostPerToken);
        json.WriteNumber("cost_per_api_call"u8, CostPerApiCall);
        json.WriteEndObject();
    }
}
