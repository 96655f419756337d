using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Dashboard;

/// <summary><c>GET /analytics/dashboard</c> (platform contract 1.8, N7).</summary>
internal sealed class DashboardEndpoint(DashboardStore store, TimeProvider clock)
{
    /// <summary>Hours where a client asks for none.</summary>
    public const int DefaultHours = 24;

    /// <summary>Hours that a client may ask for at most (D-16).</summary>
    public const int MaxHours = 876_000;

    /// <summary>Answers the figures of the last hours.</summary>
    public async Task GetAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var query = new QueryFields(request.Http.Request, errors);
        var hours = query.IntegerOr("hours", DefaultHours, 0, MaxHours);
        var periodType = query.OptionalText("period_type") is { Length: > 0 } period ? period : null;
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }

        var figures = await store.ReadAsync(clock.Now().AddHours(-hours), periodType, request.Aborted);
        await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, figures, DashboardFigures.WriteMembers);
    }
}
