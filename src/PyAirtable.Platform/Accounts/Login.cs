using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Accounts;

/// <summary>Compares passwords and begins sessions, for every route that logs in (platform contract 1.4 and 8.3).</summary>
/// <remarks>Whether there is such an account, and whether it is active, makes no difference to the work that is done (D-9).</remarks>
internal sealed class Login(UserStore users, PasswordHasher passwords, SessionBook sessions, LoginThrottle throttle)
{
    /// <summary>Logs in.</summary>
    /// <param name="request">Whose address counts.</param>
    /// <param name="email">The address, normalised; null where what was sent cannot be one.</param>
    /// <param name="password">The password as sent.</param>
    /// <param name="tellsInactive">Whether who has the right password may learn that the account is not active; else it is refused as any.</param>
    public async Task<LoginResult> TryAsync(RequestContext request, string? email, string password, bool tellsInactive)
    {
        var (user, wait) = await throttle.GuessAsync(request, email, async () =>
            await FindAsync(email, password, request.Aborted) is { } found && (found.IsActive || tellsInactive) ? found : null);
        if (user is null)
        {
            return wait > TimeSpan.Zero ? new LoginResult(LoginOutcome.Throttled, Wait: wait) : new LoginResult(LoginOutcome.Refused);
        }

        return !user.IsActive ? new LoginResult(LoginOutcome.Inactive)
            : await sessions.OpenAsync(user, request.Aborted) is { } session ? new LoginResult(LoginOutcome.Opened, session)
            : new LoginResult(LoginOutcome.Refused);
    }

    private async Task<User?> FindAsync(string? email, string password, CancellationToken cancel)
    {
        User? user = null;
        var isRight = await passwords.VerifyAsync(
            password,
            async () => (user = email is null ? null : await users.FindByEmailAsync(email, cancel))?.PasswordHash,
            cancel);
        return isRight ? user : null;
    }
}
