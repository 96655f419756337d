using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Accounts;

/// <summary>Adds accounts, for every route that registers (platform contract 1.3 and 8.3), and announces them.</summary>
internal sealed class Registration(UserStore users, PasswordHasher passwords, SessionBook sessions, EventAnnouncer events, TimeProvider clock)
{
    /// <summary>Characters of a first or last name at most: the width of its column.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Adds an account, logged in at once; null when the address is taken, whatever the case of its letters.</summary>
    /// <param name="request">The request that asks for it.</param>
    /// <param name="email">The address, normalised.</param>
    /// <param name="password">A password that keeps the rules.</param>
    /// <param name="firstName">Of <see cref="MaxNameLength"/> characters at most.</param>
    /// <param name="lastName">As <paramref name="firstName"/>.</param>
    public async Task<Session?> AddAsync(RequestContext request, string email, string password, string? firstName, string? lastName)
    {
        // Asked before the costly hash, and again when the row is added.
        if (await users.IsTakenAsync(email, request.Aborted))
        {
            return null;
        }

        var user = new User
        {
            Email = email,
            PasswordHash = await passwords.HashAsync(password, request.Aborted),
            IsActive = true,
            CreatedAt = clock.Now(),
            FirstName = firstName,
            LastName = lastName,
        };
        var session = await sessions.RegisterAsync(user, request.Aborted);
        if (session is not null)
        {
            _ = events.AnnounceAsync("user.registered", session.User.Id, static (json, id) => json.WriteNumber("user_id"u8, id), request.TraceId);
        }

        return session;
    }
}
