using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Tokens;

/// <summary>Finds the user of a request by its bearer token, and answers 401 where there is none (platform contract 1.5).</summary>
internal sealed class BearerCheck(Authenticator authenticator)
{
    private const string Scheme = "Bearer ";

    private static readonly PreparedAnswer NoHeader = Refusal("Missing or invalid authorization header");
    private static readonly PreparedAnswer Expired = Refusal("Token expired");
    private static readonly PreparedAnswer Invalid = Refusal("Invalid token");
    private static readonly PreparedAnswer ZeroUser = Refusal("Invalid token payload");
    private static readonly PreparedAnswer NoUser = Refusal("User not found or inactive");
    private static readonly PreparedAnswer Failed = Refusal("Authentication failed");

    /// <summary>Whose token the request has; null after a refusal was answered.</summary>
    public async ValueTask<Caller?> AuthenticateAsync(RequestContext request)
    {
        if (TokenOf(request.Http.Request) is not { } token)
        {
            await NoHeader.WriteAsync(request.Http);
            return null;
        }

        var found = await authenticator.AuthenticateAsync(request, token);
        if (!found.IsValid)
        {
            await RefusalOf(found.Outcome).WriteAsync(request.Http);
        }

        return found.Caller;
    }

    private static PreparedAnswer RefusalOf(AuthenticationOutcome outcome) => outcome switch
    {
        AuthenticationOutcome.Expired => Expired,
        AuthenticationOutcome.NamesZero => ZeroUser,
        AuthenticationOutcome.UserGone => NoUser,
        AuthenticationOutcome.NamesNobody or AuthenticationOutcome.Failed => Failed,
        _ => Invalid,
    };

    // Python splits at each blank and takes the second part.
    private static string? TokenOf(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header, ..] || !header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var end = header.IndexOf(' ', Scheme.Length);
        return end < 0 ? header[Scheme.Length..] : header[Scheme.Length..end];
    }

    private static PreparedAnswer Refusal(string detail) => DetailError.Prepare(StatusCodes.Status401Unauthorized, detail);
}
