using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Accounts;

/// <summary><c>POST /auth/login</c> (platform contract 1.4). Nothing is written.</summary>
internal sealed class LoginEndpoint(UserStore users, PasswordHasher passwords, AccessTokens tokens, LoginThrottle throttle)
{
    private static readonly PreparedAnswer Refused = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid credentials");

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

        if (await throttle.RefuseAsync(request, email))
        {
            return;
        }

        if (await FindAsync(email, password, request.Aborted) is not { } user)
        {
            if (!await throttle.NoteFailureAsync(request, email))
            {
                await Refused.WriteAsync(request.Http);
            }
        }
        else if (!await throttle.RefuseAsync(request, email))
        {
            // Asked again: among guesses sent at once, a right one must not stand out once the wrong ones have blocked the account.
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, (tokens, user), static (json, found) => found.tokens.WriteNew(json, found.user));
        }
    }

    private async Task<User?> FindAsync(string email, string password, CancellationToken cancel)
    {
        if (await users.FindByEmailAsync(email, cancel) is { IsActive: true } user)
        {
            return await passwords.VerifyAsync(password, user.PasswordHash, cancel) ? user : null;
        }

        await passwords.VerifyNoneAsync(password, cancel);
        return null;
    }
}
