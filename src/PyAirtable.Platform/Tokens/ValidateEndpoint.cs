using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Tokens;

/// <summary><c>POST /auth/validate</c> (platform contract 8.6): what a good token stands for now, for services that do not check it themselves.</summary>
internal sealed class ValidateEndpoint(BearerCheck bearer, Admins admins)
{
    /// <summary>Answers.</summary>
    public async Task ValidateAsync(RequestContext request)
    {
        if (await bearer.AuthenticateAsync(request) is { } caller)
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, (caller, role: admins.RoleOf(caller.User)), static (json, found) =>
            {
                json.WriteNumber("user_id"u8, found.caller.User.Id);
                json.WriteString("email"u8, found.caller.User.Email);
                json.WriteString("role"u8, found.role);
                json.WriteNumber("exp"u8, found.caller.Claims.ExpiresAt);
                if (found.caller.Claims.IssuedAt is { } issuedAt)
                {
                    json.WriteNumber("iat"u8, issuedAt);
                }
                else
                {
                    json.WriteNull("iat"u8);
                }
            });
        }
    }
}
