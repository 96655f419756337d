using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.ApiV1;

/// <summary>
/// <c>POST /api/v1/auth/logout</c> (platform contract 8.3): revokes the access token that it comes with, and all refresh tokens of
/// the user, or with a <c>refresh_token</c> only that session's.
/// </summary>
internal sealed class ApiLogoutEndpoint(SessionBook sessions, TokenRevocations revocations)
{
    /// <summary>Logs out. The access token goes last, so that a client can try again what has failed.</summary>
    public async Task LogoutAsync(RequestContext request, Caller caller)
    {
        var body = await ApiBody.ReadOptionalAsync(request);
        var token = body.Text("refresh_token");
        if (await body.RefuseAsync(request))
        {
            return;
        }

        await (token.Length == 0
            ? sessions.EndAllAsync(caller.User.Id, request.Aborted)
            : sessions.EndAsync(token, caller.User.Id, request.Aborted));
        await revocations.RevokeAsync(caller, request.Aborted);
        await MessageAnswer.WriteAsync(request, LogoutEndpoint.Message);
    }
}
