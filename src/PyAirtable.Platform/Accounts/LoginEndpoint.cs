using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.Accounts;

/// <summary><c>POST /auth/login</c> (platform contract 1.4). Of the account nothing is written.</summary>
internal sealed class LoginEndpoint(Login login)
{
    private static readonly PreparedAnswer Refused = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid credentials");
    private static readonly ThrottledAnswer Throttled = new(DetailError.Prepare);

    /// <summary>Logs in.</summary>
    public async Task LoginAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var fields = body.Fields(errors);
        var email = fields.Email("email");
        var password = fields.Text("password");
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }

        var result = await login.TryAsync(request, email, password, tellsInactive: false);
        await (result switch
        {
            { Outcome: LoginOutcome.Throttled } => Throttled.WriteAsync(request, result.Wait),
            { Session: { } session } => JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, session, SessionJson.WriteMembers),
            _ => Refused.WriteAsync(request.Http),
        });
    }
}
