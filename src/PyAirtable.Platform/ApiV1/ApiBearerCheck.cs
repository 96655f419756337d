using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.ApiV1;

/// <summary>Finds the user of a request under <c>/api/v1</c> by its bearer token, and answers 401 where there is none (platform contract 8.2).</summary>
internal sealed class ApiBearerCheck(Authenticator authenticator)
{
    private const string Scheme = "Bearer ";

    private static readonly PreparedAnswer NoHeader = Refusal("Authorization header required");
    private static readonly PreparedAnswer BadHeader = Refusal("Invalid authorization header format");
    private static readonly PreparedAnswer Invalid = Refusal("Invalid token");
    private static readonly PreparedAnswer NoUser = Refusal("User not authenticated");

    /// <summary>Lets only requests of a known user through to <paramref name="next"/>.</summary>
    /// <param name="failure">Text of the 500 where the user cannot be looked up.</param>
    /// <param name="next">What answers them.</param>
    public RequestHandler Wrap(string failure, CallerHandler next)
    {
        var lookUpFailed = GoError.Prepare(StatusCodes.Status500InternalServerError, failure);
        return async request =>
        {
            if (await AuthenticateAsync(request, lookUpFailed) is { } caller)
            {
                await next(request, caller);
            }
        };
    }

    /// <summary>Whose token the request has; null after a refusal was answered.</summary>
    /// <param name="request">The request.</param>
    /// <param name="lookUpFailed">What to answer where the user cannot be looked up.</param>
    public async ValueTask<Caller?> AuthenticateAsync(RequestContext request, PreparedAnswer lookUpFailed)
    {
        var header = request.Http.Request.Headers.Authorization is [{ Length: > 0 } sent, ..] ? sent : null;
        if (header is null || !header.StartsWith(Scheme, StringComparison.Ordinal) || header.AsSpan(Scheme.Length).Contains(' '))
        {
            await (header is null ? NoHeader : BadHeader).WriteAsync(request.Http);
            return null;
        }

        var found = await authenticator.AuthenticateAsync(request, header[Scheme.Length..]);
        if (!found.IsValid)
        {
            await (found.Outcome switch
            {
                AuthenticationOutcome.Failed => lookUpFailed,
                AuthenticationOutcome.Invalid or AuthenticationOutcome.Expired => Invalid,
                _ => NoUser,
            }).WriteAsync(request.Http);
        }

        return found.Caller;
    }

    private static PreparedAnswer Refusal(string error) => GoError.Prepare(StatusCodes.Status401Unauthorized, error);
}
