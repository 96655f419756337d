using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.ApiV1;

/// <summary><c>POST /api/v1/auth/refresh</c> (platform contract 8.3 and 8.6).</summary>
internal sealed class ApiRefreshEndpoint(SessionBook sessions)
{
    private static readonly PreparedAnswer Refused = GoError.Prepare(StatusCodes.Status401Unauthorized, "Invalid or expired refresh token");

    /// <summary>Refreshes.</summary>
    public async Task RefreshAsync(RequestContext request)
    {
        var body = await ApiBody.ReadAsync(request);
        var token = body.Text("refresh_token");
        if (await body.RefuseAsync(request))
        {
            return;
        }

        await (await sessions.RefreshAsync(token, request.Aborted) is { } session
            ? JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, session, ApiSessionJson.WriteMembers)
            : Refused.WriteAsync(request.Http));
    }
}
