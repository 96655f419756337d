using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.ApiV1;

/// <summary>Lets admins only through, by what they are now (platform contract 8.5).</summary>
internal sealed class AdminCheck(ApiBearerCheck bearer, Admins admins)
{
    private static readonly PreparedAnswer NotAdmin = GoError.Prepare(StatusCodes.Status403Forbidden, "Admin access required");

    /// <summary>The check around <paramref name="next"/>.</summary>
    public RequestHandler Wrap(RequestHandler next) => bearer.Wrap(
        "Failed to check admin status",
        (request, caller) => admins.IsAdmin(caller.User) ? next(request) : NotAdmin.WriteAsync(request.Http));
}
