using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Accounts;

/// <summary>
/// Slows the guessing of passwords (platform contract 1.4): after 10 failed logins of one account, or 100 of one address, within
/// a minute, further ones are refused until the minute has passed. Logins that succeed never count.
/// </summary>
internal sealed class LoginThrottle(TimeProvider clock)
{
    /// <summary>Failures of one account in a minute.</summary>
    public const int AccountLimit = 10;

    /// <summary>Failures of one address in a minute.</summary>
    public const int AddressLimit = 100;

    private static readonly PreparedAnswer Refused = DetailError.Prepare(StatusCodes.Status429TooManyRequests, "Rate limit exceeded");

    private readonly FailureLog _accounts = new(AccountLimit, clock);
    private readonly FailureLog _addresses = new(AddressLimit, clock);

    /// <summary>True after it has answered 429.</summary>
    public async ValueTask<bool> RefuseAsync(RequestContext request, string email) =>
        await RefuseAsync(request, await _accounts.BlockedForAsync(AccountKey(email)), await _addresses.BlockedForAsync(AddressKey(request)));

    /// <summary>Notes that a login failed. True after it has answered 429: of many guesses sent at once, no more get an answer
    /// than of those sent one by one.</summary>
    public async ValueTask<bool> NoteFailureAsync(RequestContext request, string email) =>
        await RefuseAsync(request, await _accounts.AddAsync(AccountKey(email)), await _addresses.AddAsync(AddressKey(request)));

    private static async ValueTask<bool> RefuseAsync(RequestContext request, TimeSpan account, TimeSpan address)
    {
        var wait = account > address ? account : address;
        if (wait == TimeSpan.Zero)
        {
            return false;
        }

        request.Http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await Refused.WriteAsync(request.Http);
        return true;
    }

    // Addresses that differ in case may be one account.
    private static string AccountKey(string email) => email.ToLowerInvariant();

    // Behind the gateway all requests have one peer; a forged header changes the address, never the account.
    private static string AddressKey(RequestContext request) => ClientAddress.Of(request.Http, trustForwarded: true);
}
