using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Accounts;

/// <summary><c>POST /auth/register</c> (platform contract 1.3): a new account, logged in at once.</summary>
internal sealed class RegisterEndpoint(UserStore users, PasswordRules rules, PasswordHasher passwords, AccessTokens tokens, EventAnnouncer events, TimeProvider clock)
{
    /// <summary>Characters of a first or last name at most: the width of its column.</summary>
    public const int MaxNameLength = 100;

    private static readonly PreparedAnswer Taken = DetailError.Prepare(StatusCodes.Status400BadRequest, "Email already registered");

    /// <summary>Registers.</summary>
    public async Task RegisterAsync(RequestContext request, JsonBody body)
    {
        var errors = new ValidationErrors();
        var fields = body.Fields(errors);
        var email = fields.Email("email");
        var password = fields.Text("password");
        var firstName = fields.OptionalText("first_name", maxLength: MaxNameLength);
        var lastName = fields.OptionalText("last_name", maxLength: MaxNameLength);
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
        }
        else if (rules.FaultOf(password) is { } fault)
        {
            await DetailError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, fault);
        }
        else if (await AddAsync(email, password, firstName, lastName, request.Aborted) is { } user)
        {
            _ = events.AnnounceAsync("user.registered", user.Id, static (json, id) => json.WriteNumber("user_id"u8, id), request.TraceId);
            await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, (tokens, user), static (json, made) => made.tokens.WriteNew(json, made.user));
        }
        else
        {
            await Taken.WriteAsync(request.Http);
        }
    }

    private async Task<User?> AddAsync(string email, string password, string? firstName, string? lastName, CancellationToken cancel)
    {
        // Asked before the costly hash, and again when the row is added.
        if (await users.IsTakenAsync(email, cancel))
        {
            return null;
        }

        var user = new User
        {
            Email = email,
            PasswordHash = await passwords.HashAsync(password, cancel),
            IsActive = true,
            CreatedAt = Now(),
            FirstName = firstName,
            LastName = lastName,
        };
        return await users.AddAsync(user, cancel) is { } id ? user with { Id = id } : null;
    }

    // Whole microseconds, as the column keeps them.
    private DateTime Now()
    {
        var ticks = clock.GetUtcNow().Ticks;
        return new DateTime(ticks - (ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
    }
}
