using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Accounts;

/// <summary><c>DELETE /auth/users/{user_id}</c> (platform contract 1.5): deactivates the own account and ends its sessions.</summary>
internal sealed class DeleteEndpoint(BearerCheck bearer, UserStore users, TokenRevocations revocations, TimeProvider clock)
{
    private static readonly PreparedAnswer NotYours = DetailError.Prepare(StatusCodes.Status403Forbidden, "Can only delete your own account");

    /// <summary>Deactivates. Of two requests at once both succeed: the account is inactive then.</summary>
    public async Task DeleteAsync(RequestContext request)
    {
        if (await bearer.AuthenticateAsync(request) is not { } caller)
        {
            return;
        }

        var errors = new ValidationErrors();
        var id = PathFields.RequiredInteger(errors, "user_id", request.RouteValues[0]);
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (id != caller.User.Id)
        {
            await NotYours.WriteAsync(request.Http);
        }
        else
        {
            if (await users.DeactivateAsync(caller.User.Id, clock, request.Aborted) is { } ended)
            {
                await revocations.TellEndedAsync(caller.User.Id, ended, request.Aborted);
            }
            await MessageAnswer.WriteAsync(request, "User account deactivated successfully");
        }
    }
}
