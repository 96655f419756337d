using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.ApiV1;

/// <summary><c>/api/v1/users/profile</c> (platform contract 8.3): the own account.</summary>
internal sealed class ApiProfileEndpoint(UserStore users, TokenRevocations revocations, TimeProvider clock)
{
    private static readonly PreparedAnswer NotFound = GoError.Prepare(StatusCodes.Status404NotFound, "User not found");

    /// <summary>The user.</summary>
    public static Task GetAsync(RequestContext request, Caller caller) => WriteAsync(request, caller.User);

    /// <summary>Changes the names that are given; an empty one stays as it is.</summary>
    public async Task PutAsync(RequestContext request, Caller caller)
    {
        var body = await ApiBody.ReadAsync(request);
        var (firstName, lastName) = (body.Text("first_name"), body.Text("last_name"));
        if (await body.RefuseAsync(request))
        {
            return;
        }

        if (ApiNames.FaultOf(firstName, lastName) is { } fault)
        {
            await GoError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, fault);
            return;
        }

        var changed = await users.SetNamesAsync(caller.User.Id, ApiNames.ChangeTo(firstName), ApiNames.ChangeTo(lastName), clock.Now(), request.Aborted);
        await (changed is null ? NotFound.WriteAsync(request.Http) : WriteAsync(request, changed));
    }

    /// <summary>Deactivates the account and ends its sessions.</summary>
    public async Task DeleteAsync(RequestContext request, Caller caller)
    {
        if (await users.DeactivateAsync(caller.User.Id, clock, request.Aborted) is { } ended)
        {
            await revocations.TellEndedAsync(caller.User.Id, ended, request.Aborted);
        }
        await MessageAnswer.WriteAsync(request, "User deleted successfully");
    }

    private static Task WriteAsync(RequestContext request, User user) =>
        JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, user, ApiUserJson.WriteMembers);
}
