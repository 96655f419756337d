using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Tokens;

/// <summary>Finds the user of a request by its bearer token, and answers 401 where there is none (platform contract 1.5).</summary>
internal sealed partial class BearerCheck(AccessTokens tokens, UserStore users, ILogger log)
{
    private const string Scheme = "Bearer ";

    private static readonly PreparedAnswer NoHeader = Refusal("Missing or invalid authorization header");
    private static readonly PreparedAnswer Expired = Refusal("Token expired");
    private static readonly PreparedAnswer Invalid = Refusal("Invalid token");
    private static readonly PreparedAnswer ZeroUser = Refusal("Invalid token payload");
    private static readonly PreparedAnswer NoUser = Refusal("User not found or inactive");
    private static readonly PreparedAnswer Failed = Refusal("Authentication failed");

    /// <summary>The active user that the request's token names, as the database has it now; null after a refusal was answered.</summary>
    public async ValueTask<User?> AuthenticateAsync(RequestContext request)
    {
        var (user, refusal) = await FindAsync(request);
        if (refusal is not null)
        {
            await refusal.WriteAsync(request.Http);
        }

        return user;
    }

    private async ValueTask<(User? User, PreparedAnswer? Refusal)> FindAsync(RequestContext request)
    {
        if (TokenOf(request.Http.Request) is not { } token)
        {
            return (null, NoHeader);
        }

        var check = tokens.Verify(token);
        if (!check.IsValid)
        {
            return (null, check.Outcome switch
            {
                TokenOutcome.Expired => Expired,
                TokenOutcome.ZeroUser => ZeroUser,
                TokenOutcome.NoUser => Failed,
                _ => Invalid,
            });
        }

        try
        {
            var user = await users.FindAsync(check.Claims.UserId, request.Aborted);
            return user is { IsActive: true } ? (user, null) : (null, NoUser);
        }
        catch (Exception error) when (!request.Aborted.IsCancellationRequested)
        {
            LogFailed(log, error, request.TraceId);
            return (null, Failed);
        }
    }

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

    [LoggerMessage(EventId = 110, Level = LogLevel.Error, Message = "the user of a token cannot be looked up, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string traceId);
}
