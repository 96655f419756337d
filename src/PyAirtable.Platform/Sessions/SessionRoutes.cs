using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Routing;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Sessions;

/// <summary>The Python routes of refresh tokens (platform contract 8.6).</summary>
internal static class SessionRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteTable routes, RouteGuard guard, Identity identity, ILogger log) => routes
        .Post("/auth/refresh", guard.Keyed(new FailureAnswer("Token refresh failed", log).Wrap(new RefreshEndpoint(identity.Sessions).RefreshAsync)))
        .Post("/auth/logout", guard.Keyed(new FailureAnswer("Failed to logout", log).Wrap(new LogoutEndpoint(identity.Sessions).LogoutAsync)));
}
