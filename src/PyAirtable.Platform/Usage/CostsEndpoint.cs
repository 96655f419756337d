using System.Text.Json;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Usage;

/// <summary><c>GET /analytics/costs</c> (platform contract 1.8, N6).</summary>
internal sealed class CostsEndpoint(UsageStore usage, TimeProvider clock)
{
    /// <summary>Sums the usage of a window, of one user or of all, and by user.</summary>
    public async Task SumAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var query = new QueryFields(request.Http.Request, errors);
        var userId = query.OptionalInteger("user_id") is { } user and not 0 ? (int?)user : null;
        var days = query.IntegerOr("days", UsageWindow.DefaultDays, 0, UsageWindow.MaxDays);
        var periodType = query.OptionalText("period_type") is { Length: > 0 } period ? period : null;
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }

        var window = UsageWindow.UntilNow(clock, (int)days);
        var users = await usage.SumAsync(userId, periodType, window, request.Aborted);
        using var answer = new LongAnswer(request.Http);
        answer.Json.WriteStartObject();
        answer.Json.WritePropertyName("summary"u8);
        CostSummary.Of(users).WriteTo(answer.Json, window.Days);
        answer.Json.WriteStartArray("user_breakdown"u8);
        foreach (var cost in users)
        {
            cost.WriteTo(answer.Json);
            if (answer.IsFull)
            {
                await answer.SendPieceAsync();
            }
        }

        answer.Json.WriteEndArray();
        WritePeriod(answer.Json, window);
        answer.Json.WriteEndObject();
        await answer.EndAsync();
    }

    private static void WritePeriod(Utf8JsonWriter json, UsageWindow window)
    {
        json.WriteStartObject("period"u8);
        WireTime.Write(json, "start_date"u8, window.Start);
        WireTime.Write(json, "end_date"u8, window.End);
        json.WriteEndObject();
    }
}
