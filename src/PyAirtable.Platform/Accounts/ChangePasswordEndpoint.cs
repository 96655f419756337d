using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Accounts;

/// <summary>
/// <c>POST /auth/change-password</c> (platform contract 8.6): a new password, after which every session begins anew with a login.
/// A stolen token must not help to guess the password, so failures count as those of logins do.
/// </summary>
internal sealed class ChangePasswordEndpoint(BearerCheck bearer, UserStore users, PasswordRules rules, PasswordHasher passwords, LoginThrottle throttle, TokenRevocations revocations, TimeProvider clock)
{
    private static readonly PreparedAnswer Wrong = DetailError.Prepare(StatusCodes.Status400BadRequest, "Current password is incorrect");
    private static readonly ThrottledAnswer Throttled = new(DetailError.Prepare);

    /// <summary>Changes it.</summary>
    public async Task ChangeAsync(RequestContext request, JsonBody body)
    {
        if (await bearer.AuthenticateAsync(request) is not { } caller)
        {
            return;
        }

        var errors = new ValidationErrors();
        var fields = body.Fields(errors);
        var current = fields.Text("current_password");
        var next = fields.Text("new_password");
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }

        var (user, wait) = await throttle.GuessAsync<User>(request, caller.User.Email, async () =>
            await passwords.VerifyAsync(current, caller.User.PasswordHash, request.Aborted) ? caller.User : null);
        await (user is null && wait > TimeSpan.Zero ? Throttled.WriteAsync(request, wait)
            : user is null ? Wrong.WriteAsync(request.Http)
            : rules.FaultOf(next) is { } fault ? DetailError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, fault)
            : StoreAsync(request, user, next));
    }

    private async Task StoreAsync(RequestContext request, User user, string next)
    {
        var hash = await passwords.HashAsync(next, request.Aborted);
        if (await users.SetPasswordAsync(user.Id, user.PasswordHash, hash, clock, request.Aborted) is { } ended)
        {
            await revocations.TellEndedAsync(user.Id, ended, request.Aborted);
            await MessageAnswer.WriteAsync(request, "Password changed successfully");
        }
        else
        {
            // Another request has changed it meanwhile.
            await Wrong.WriteAsync(request.Http);
        }
    }
}
