using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Sessions;

/// <summary><c>POST /auth/logout</c> (platform contract 8.6 and R-6): ends the session of a refresh token, and says so of any text.</summary>
internal sealed class LogoutEndpoint(SessionBook sessions)
{
    /// <summary>The answer.</summary>
    public const string Message = "Logged out successfully";

    /// <summary>Logs out.</summary>
    public async Task LogoutAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var token = body.Fields(errors).Text("refresh_token");
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }

        await sessions.EndAsync(token, owner: null, request.Aborted);
        await MessageAnswer.WriteAsync(request, Message);
    }
}
