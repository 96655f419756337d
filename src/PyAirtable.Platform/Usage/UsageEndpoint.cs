using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Usage;

/// <summary><c>GET /analytics/usage/{user_id}</c> (platform contract 1.8, N5).</summary>
internal sealed class UsageEndpoint(UsageStore usage, TimeProvider clock)
{
    private const string DefaultPeriod = "daily";

    /// <summary>Lists a user's rows of one kind of period, newest first.</summary>
    public async Task ListAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var userId = PathFields.RequiredInteger(errors, "user_id", request.RouteValues[0]);
        var query = new QueryFields(request.Http.Request, errors);
        var periodType = query.OptionalText("period_type") ?? DefaultPeriod;
        var days = query.IntegerOr("days", UsageWindow.DefaultDays, 0, UsageWindow.MaxDays);
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }

        using var answer = new LongAnswer(request.Http);
        answer.Json.WriteStartArray();
        await WriteAsync((int)userId, periodType, UsageWindow.UntilNow(clock, (int)days), answer, request.Aborted);
        answer.Json.WriteEndArray();
        await answer.EndAsync();
    }

    private async Task WriteAsync(int userId, string periodType, UsageWindow window, LongAnswer answer, CancellationToken cancel)
    {
        UsageRecord? last = null;
        do
        {
            var page = await usage.ReadAsync(userId, periodType, window, last, cancel);
            foreach (var row in page)
            {
                row.WriteTo(answer.Json);
                if (answer.IsFull)
                {
                    await answer.SendPieceAsync();
                }
            }

            last = page.Count == UsageStore.PageSize ? page[^1] : null;
        }
        while (last is not null);
    }
}
