using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Accounts;

/// <summary>What the owner of a token sees of the own account (platform contract 1.5).</summary>
internal sealed class ProfileEndpoint(BearerCheck bearer)
{
    /// <summary><c>GET /auth/verify</c>: the token is good, and whose it is.</summary>
    public async Task VerifyAsync(RequestContext request)
    {
        if (await bearer.AuthenticateAsync(request) is { } user)
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, user, static (json, user) =>
            {
                json.WriteBoolean("valid"u8, true);
                UserJson.WriteMember(json, user);
            });
        }
    }

    /// <summary><c>GET /auth/profile</c>: the user.</summary>
    public async Task GetAsync(RequestContext request)
    {
        if (await bearer.AuthenticateAsync(request) is { } user)
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, user, UserJson.WriteMembers);
        }
    }
}
