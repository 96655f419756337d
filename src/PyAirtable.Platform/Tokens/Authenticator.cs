using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Tokens;

/// <summary>
/// Finds the user of an access token (platform contract 8.2). One statement reads the user and whether the token is revoked, so a
/// revocation holds in all processes from the moment it is stored, and costs no further query.
/// </summary>
internal sealed partial class Authenticator(AccessTokens tokens, OwnerLookup owners, ILogger log)
{
    /// <summary>Looks for the user. Never throws, but where the client has gone.</summary>
    public async ValueTask<Authentication> AuthenticateAsync(RequestContext request, string token)
    {
        var check = tokens.Verify(token);
        if (!check.IsValid)
        {
            return new Authentication(check.Outcome switch
            {
                TokenOutcome.Expired => AuthenticationOutcome.Expired,
                TokenOutcome.NoUser => AuthenticationOutcome.NamesNobody,
                TokenOutcome.ZeroUser => AuthenticationOutcome.NamesZero,
                _ => AuthenticationOutcome.Invalid,
            });
        }

        try
        {
            var id = TokenId.Of(check.Claims, token);
            var user = await owners.FindAsync(check.Claims.UserId, id, request.Aborted);
            return user is not { IsActive: true } ? new Authentication(AuthenticationOutcome.UserGone)
                : user.IsRevoked || IsOutdated(user, check.Claims) ? new Authentication(AuthenticationOutcome.Invalid)
                : new Authentication(AuthenticationOutcome.Valid, new Caller(user, check.Claims, id));
        }
        catch (Exception error) when (!request.Aborted.IsCancellationRequested)
        {
            LogFailed(log, error, request.TraceId);
            return new Authentication(AuthenticationOutcome.Failed);
        }
    }

    // A token that does not say when it was issued may be one of those.
    private static bool IsOutdated(TokenOwner user, TokenClaims claims) =>
        user.TokensValidFrom is { } from && !(claims.IssuedAt >= from.ToUnixSeconds());

    [LoggerMessage(EventId = 110, Level = LogLevel.Error, Message = "the user of a token cannot be looked up, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string traceId);
}
