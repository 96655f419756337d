using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.ApiV1;

/// <summary><c>POST /api/v1/auth/login</c> (platform contract 8.3): by <c>email</c>, or by <c>username</c>, which is taken for one.</summary>
internal sealed class ApiLoginEndpoint(Login login, AccountEvents events)
{
    private static readonly PreparedAnswer Nameless = GoError.Prepare(StatusCodes.Status400BadRequest, "Either email or username must be provided");
    private static readonly PreparedAnswer Refused = GoError.Prepare(StatusCodes.Status401Unauthorized, "invalid email or password");
    private static readonly PreparedAnswer Inactive = GoError.Prepare(StatusCodes.Status403Forbidden, "user account is not active");
    private static readonly ThrottledAnswer Throttled = new(GoError.Prepare);

    /// <summary>Logs in.</summary>
    public async Task LoginAsync(RequestContext request)
    {
        var body = await ApiBody.ReadAsync(request);
        var (email, username, password) = (body.Text("email"), body.Text("username"), body.Text("password"));
        if (await body.RefuseAsync(request))
        {
            return;
        }

        var name = email.Length > 0 ? email : username;
        if (name.Length == 0)
        {
            await Nameless.WriteAsync(request.Http);
            return;
        }

        var address = EmailAddress.TryNormalise(name, out var normalised, out _) ? normalised : null;
        var result = await login.TryAsync(request, address, password, tellsInactive: true);
        if (result.Session is { } session)
        {
            events.Add(AccountEvents.LoggedIn, session.User.Id, request);
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, session, ApiSessionJson.WriteMembers);
            return;
        }

        await (result.Outcome switch
        {
            LoginOutcome.Throttled => Throttled.WriteAsync(request, result.Wait),
            LoginOutcome.Inactive => Inactive.WriteAsync(request.Http),
            _ => Refused.WriteAsync(request.Http),
        });
    }
}
