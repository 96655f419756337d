using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.ApiV1;

/// <summary>The routes of accounts and sessions under <c>/api/v1</c> (platform contract 8.3 and 8.5). Of a request its key is looked at
/// first, then its token, then its body.</summary>
internal static class ApiRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteTable routes, RouteGuard guard, Identity identity, ILogger log)
    {
        var bearer = new ApiBearerCheck(identity.Authenticator);
        var admin = new AdminCheck(bearer, identity.Admins);
        var register = new ApiRegisterEndpoint(identity.Registration, identity.Rules, identity.Events);
        var login = new ApiLoginEndpoint(identity.Login, identity.Events);
        var refresh = new ApiRefreshEndpoint(identity.Sessions);
        var logout = new ApiLogoutEndpoint(identity.Sessions, identity.Revocations);
        var profile = new ApiProfileEndpoint(identity.Users, identity.Clock);

        Add("POST", "/auth/register", "Registration failed", register.RegisterAsync);
        Add("POST", "/auth/login", "Login failed", login.LoginAsync);
        Add("POST", "/auth/refresh", "Token refresh failed", refresh.RefreshAsync);
        Add("POST", "/auth/logout", "Failed to logout", bearer.Wrap(logout.LogoutAsync));
        Add("GET", "/auth/profile", "Failed to get user profile", bearer.Wrap(ApiProfileEndpoint.GetAsync));
        Add("GET", "/users/profile", "Failed to get user profile", bearer.Wrap(ApiProfileEndpoint.GetAsync));
        Add("PUT", "/users/profile", "Failed to update profile", bearer.Wrap(profile.PutAsync));
        Add("DELETE", "/users/profile", "Failed to delete user", bearer.Wrap(profile.DeleteAsync));
        Add("GET", "/admin/users", "Failed to list users", admin.Wrap(new AdminUsersEndpoint(identity.Users).ListAsync));

        void Add(string method, string path, string failure, RequestHandler handler) =>
            routes.Map(method, ApiFamily.Prefix + path, guard.Keyed(new FailureAnswer(failure, log, GoError.Prepare).Wrap(handler)));
    }
}
