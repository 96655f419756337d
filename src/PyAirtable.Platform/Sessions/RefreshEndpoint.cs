using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Sessions;

/// <summary><c>POST /auth/refresh</c> (platform contract 8.6): new tokens for a refresh token.</summary>
internal sealed class RefreshEndpoint(SessionBook sessions)
{
    private static readonly PreparedAnswer Refused = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid or expired refresh token");

    /// <summary>Refreshes.</summary>
    public async Task RefreshAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var token = body.Fields(errors).Text("refresh_token");
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (await sessions.RefreshAsync(token, request.Aborted) is { } session)
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, session, SessionJson.WriteMembers);
        }
        else
        {
            await Refused.WriteAsync(request.Http);
        }
    }
}
