using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.ApiV1;

/// <summary><c>POST /api/v1/auth/register</c> (platform contract 8.3).</summary>
internal sealed class ApiRegisterEndpoint(Registration registration, PasswordRules rules, AccountEvents events)
{
    private static readonly PreparedAnswer Taken = GoError.Prepare(StatusCodes.Status400BadRequest, "email already registered");

    /// <summary>Registers.</summary>
    public async Task RegisterAsync(RequestContext request)
    {
        var body = await ApiBody.ReadAsync(request);
        var email = body.Text("email");
        var password = body.Text("password");
        var firstName = body.Text("first_name");
        var lastName = body.Text("last_name");
        if (await body.RefuseAsync(request))
        {
            return;
        }

        if ((FaultOf(email, password, out var address) ?? ApiNames.FaultOf(firstName, lastName)) is { } fault)
        {
            await GoError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, fault);
        }
        else if (await registration.AddAsync(request, address, password, ApiNames.OrNull(firstName), ApiNames.OrNull(lastName)) is { } session)
        {
            events.Add(AccountEvents.Registered, session.User.Id, request);
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status201Created, session, ApiSessionJson.WriteRegistered);
        }
        else
        {
            await Taken.WriteAsync(request.Http);
        }
    }

    private string? FaultOf(string email, string password, out string address)
    {
        address = "";
        if (email.Length == 0)
        {
            return "email is required";
        }

        if (!EmailAddress.TryNormalise(email, out var normalised, out _))
        {
            return "invalid email address";
        }

        address = normalised;
        // The same texts as in Python, but for their first letter.
        return rules.FaultOf(password) is { } fault ? char.ToLowerInvariant(fault[0]) + fault[1..] : null;
    }
}
