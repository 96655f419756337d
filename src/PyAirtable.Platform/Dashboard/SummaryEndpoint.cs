using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Dashboard;

/// <summary><c>GET /api/v1/admin/analytics/summary</c> (platform contract 8.5); that the caller is an admin was found before.</summary>
internal sealed class SummaryEndpoint(SummaryStore store, TimeProvider clock)
{
    /// <summary>Answers the figures of all time.</summary>
    public async Task GetAsync(RequestContext request)
    {
        var figures = await store.ReadAsync(clock.Now().AddHours(-24), request.Aborted);
        await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, (figures, Now: clock.GetUtcNow()), static (json, found) => found.figures.WriteMembers(json, found.Now));
    }
}
