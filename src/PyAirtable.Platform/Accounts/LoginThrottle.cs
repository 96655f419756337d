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
    public async ValueTask<bool> RefuseAsync(RequestContext request, string email)
    {
        var account = await _accounts.BlockedForAsync(AccountKey(email));
        var address = await _addresses.BlockedForAsync(AddressKey(request));
        var wait = account > address ? account : address;
        if (wait == TimeSpan.Zero)
        {
            return false;
        }

        request.Http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await Refused.WriteAsync(request.Http);
        return true;
    }

    /// <summary>Notes that a login failed.</summary>
    public async ValueTask NoteFailureAsync(RequestContext request, string email)
    {
        await _accounts.AddAsync(AccountKey(email));
        await _addresses.AddAsync(AddressKey(request));
    }

    // Addresses that differ in case may be one account.
    private static string AccountKey(string email) => email.ToLowerInvariant();

    // Behind the gateway all requests have one peer; a forged header changes the address, never the account.
    private static string AddressKey(RequestContext request) => ClientAddress.Of(request.Http, trustForwarded: true);
}
