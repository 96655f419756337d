using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.ApiV1;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Dashboard;

/// <summary>A caller's own events and figures below <c>/api/v1/analytics</c> (platform contract 8.4).</summary>
internal sealed class CallerEndpoint(CallerStore store, TimeProvider clock)
{
    /// <summary><c>GET /api/v1/analytics/events</c>: the caller's events, newest first.</summary>
    public async Task ListAsync(RequestContext request, Caller caller)
    {
        if (await ApiQuery.ReadPageAsync(request) is not var (limit, offset))
        {
            return;
        }

        using var answer = new LongAnswer(request.Http);
        answer.Json.WriteStartArray();
        ListedEvent? last = null;
        for (var left = limit; left > 0;)
        {
            var asked = Math.Min(left, CallerStore.PageSize);
            var page = await store.ListAsync(caller.User.Id, offset, last, asked, request.Aborted);
            foreach (var listed in page)
            {
                listed.WriteGoTo(answer.Json);
                if (answer.IsFull)
                {
                    await answer.SendPieceAsync();
                }
            }

            left = page.Count == asked ? left - asked : 0;
            last = page.Count == 0 ? null : page[^1];
        }

        answer.Json.WriteEndArray();
        await answer.EndAsync();
    }

    /// <summary><c>GET /api/v1/analytics/dashboard</c>: the caller's figures.</summary>
    public async Task GetDashboardAsync(RequestContext request, Caller caller)
    {
        var errors = new ValidationErrors();
        var hours = new QueryFields(request.Http.Request, errors).IntegerOr("hours", DashboardEndpoint.DefaultHours, 0, DashboardEndpoint.MaxHours);
        if (await ApiQuery.RefuseAsync(request, errors))
        {
            return;
        }

        var figures = await store.ReadAsync(caller.User.Id, clock.Now().AddHours(-hours), request.Aborted);
        await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, (figures, hours), static (json, found) => found.figures.WriteMembers(json, found.hours));
    }
}
