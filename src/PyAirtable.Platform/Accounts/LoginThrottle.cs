using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Accounts;

/// <summary>
/// Slows the guessing of passwords (platform contract 1.4): after 10 failures of one account, or 100 of one address, within
/// a minute, further ones are refused until the minute has passed. What succeeds never counts. All routes that compare a password
/// share one.
/// </summary>
internal sealed class LoginThrottle(TimeProvider clock)
{
    /// <summary>Failures of one account in a minute.</summary>
    public const int AccountLimit = 10;

    /// <summary>Failures of one address in a minute.</summary>
    public const int AddressLimit = 100;

    private readonly FailureLog _accounts = new(AccountLimit, clock);
    private readonly FailureLog _addresses = new(AddressLimit, clock);

    /// <summary>Lets a password be compared, unless too many were wrong.</summary>
    /// <param name="request">Whose address counts.</param>
    /// <param name="email">The account's address; null where what was sent cannot be one.</param>
    /// <param name="compare">Compares: what was found by the right password, else null.</param>
    /// <returns>What was found, or after what time to try again; neither where the password was wrong.</returns>
    public async Task<(T? Found, TimeSpan Wait)> GuessAsync<T>(RequestContext request, string? email, Func<Task<T?>> compare)
        where T : class
    {
        if (await BlockedForAsync(request, email) is var blocked && blocked > TimeSpan.Zero)
        {
            return (null, blocked);
        }

        // Of many guesses sent at once, no more get an answer than of those sent one by one, and a right one among them does not
        // stand out once the wrong ones have blocked the account.
        var found = await compare();
        var wait = found is null ? await NoteFailureAsync(request, email) : await BlockedForAsync(request, email);
        return wait > TimeSpan.Zero ? (null, wait) : (found, TimeSpan.Zero);
    }

    private async ValueTask<TimeSpan> BlockedForAsync(RequestContext request, string? email) =>
        Longer(email is null ? TimeSpan.Zero : await _accounts.BlockedForAsync(AccountKey(email)), await _addresses.BlockedForAsync(AddressKey(request)));

    private async ValueTask<TimeSpan> NoteFailureAsync(RequestContext request, string? email) =>
        Longer(email is null ? TimeSpan.Zero : await _accounts.AddAsync(AccountKey(email)), await _addresses.AddAsync(AddressKey(request)));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    // Addresses that differ in case may be one account.
    private static string AccountKey(string email) => email.ToLowerInvariant();

    // Behind the gateway all requests have one peer; a forged header changes the address, never the account.
    private static string AddressKey(RequestContext request) => ClientAddress.Of(request.Http, trustForwarded: true);
}
