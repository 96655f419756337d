using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform.Accounts;

/// <summary><c>POST /auth/register</c> (platform contract 1.3): a new account, logged in at once.</summary>
internal sealed class RegisterEndpoint(Registration registration, PasswordRules rules)
{
    private static readonly PreparedAnswer Taken = DetailError.Prepare(StatusCodes.Status400BadRequest, "Email already registered");

    /// <summary>Registers.</summary>
    public async Task RegisterAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var fields = body.Fields(errors);
        var email = fields.Email("email");
        var password = fields.Text("password");
        var firstName = fields.OptionalText("first_name", maxLength: Registration.MaxNameLength);
        var lastName = fields.OptionalText("last_name", maxLength: Registration.MaxNameLength);
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (rules.FaultOf(password) is { } fault)
        {
            await DetailError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, fault);
        }
        else if (await registration.AddAsync(request, email, password, firstName, lastName) is { } session)
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, session, SessionJson.WriteMembers);
        }
        else
        {
            await Taken.WriteAsync(request.Http);
        }
    }
}
