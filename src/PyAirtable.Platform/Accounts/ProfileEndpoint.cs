using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Accounts;

/// <summary>What the owner of a token sees and writes of the own account (platform contract 1.5 and 8.6).</summary>
internal sealed class ProfileEndpoint(BearerCheck bearer, UserStore users, TimeProvider clock)
{
    private static readonly PreparedAnswer Gone = DetailError.Prepare(StatusCodes.Status401Unauthorized, "User not found or inactive");

    /// <summary><c>GET /auth/verify</c>: the token is good, and whose it is.</summary>
    public async Task VerifyAsync(RequestContext request)
    {
        if (await bearer.AuthenticateAsync(request) is { } caller)
        {
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, caller.User, static (json, user) =>
            {
                json.WriteBoolean("valid"u8, true);
                UserJson.WriteMember(json, user);
            });
        }
    }

    /// <summary><c>GET /auth/profile</c> and <c>GET /auth/me</c>: the user.</summary>
    public async Task GetAsync(RequestContext request)
    {
        if (await bearer.AuthenticateAsync(request) is { } caller)
        {
            await WriteAsync(request, caller.User);
        }
    }

    /// <summary><c>PUT /auth/profile</c>: replaces both names; address and state are checked and ignored (D-21).</summary>
    public async Task PutAsync(RequestContext request, JsonBody body)
    {
        if (await bearer.AuthenticateAsync(request) is { } caller)
        {
            var errors = new ValidationErrors();
            var fields = body.Fields(errors);
            _ = fields.Email("email");
            var (first, last) = (Name(fields, "first_name"), Name(fields, "last_name"));
            _ = fields.Boolean("is_active", true);
            await StoreAsync(request, errors, caller, first, last);
        }
    }

    /// <summary><c>PUT /auth/me</c>: changes the names that are there; null takes one away.</summary>
    public async Task PatchAsync(RequestContext request, JsonBody body)
    {
        if (await bearer.AuthenticateAsync(request) is { } caller)
        {
            var errors = new ValidationErrors();
            var fields = body.Fields(errors);
            var first = fields.Has("first_name") ? Name(fields, "first_name") : NameChange.None;
            var last = fields.Has("last_name") ? Name(fields, "last_name") : NameChange.None;
            await StoreAsync(request, errors, caller, first, last);
        }
    }

    private static NameChange Name(BodyFields fields, string name) => NameChange.To(fields.OptionalText(name, maxLength: Registration.MaxNameLength));

    private static Task WriteAsync(RequestContext request, User user) =>
        JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, user, UserJson.WriteMembers);

    private async Task StoreAsync(RequestContext request, ValidationErrors errors, Caller caller, NameChange first, NameChange last)
    {
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (await users.SetNamesAsync(caller.User.Id, first, last, clock.Now(), request.Aborted) is { } changed)
        {
            await WriteAsync(request, changed);
        }
        else
        {
            await Gone.WriteAsync(request.Http);
        }
    }
}
