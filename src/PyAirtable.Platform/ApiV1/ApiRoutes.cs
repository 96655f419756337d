using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Dashboard;
using PyAirtable.Platform.Events;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.ApiV1;

/// <summary>The routes under <c>/api/v1</c> (platform contract 8.3 to 8.5). Of a request its key is looked at
/// first, then its token, then its body.</summary>
internal static class ApiRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteTable routes, RouteGuard guard, Identity identity, EventIngestion ingestion, Database database, ILogger log)
    {
        var bearer = new ApiBearerCheck(identity.Authenticator);
        var admin = new AdminCheck(bearer, identity.Admins);
        var register = new ApiRegisterEndpoint(identity.Registration, identity.Rules, identity.Events);
        var login = new ApiLoginEndpoint(identity.Login, identity.Events);
        var refresh = new ApiRefreshEndpoint(identity.Sessions);
        var logout = new ApiLogoutEndpoint(identity.Sessions, identity.Revocations);
        var profile = new ApiProfileEndpoint(identity.Users, identity.Revocations, identity.Clock);
        var events = new ApiEventEndpoint(ingestion, identity.Clock);
        var caller = new CallerEndpoint(new CallerStore(database), identity.Clock);
        var summary = new SummaryEndpoint(new SummaryStore(database, new DashboardStore(database)), identity.Clock);

        Add("POST", "/auth/register", "Registration failed", register.RegisterAsync);
        Add("POST", "/auth/login", "Login failed", login.LoginAsync);
        Add("POST", "/auth/refresh", "Token refresh failed", refresh.RefreshAsync);
        AddClosed("POST", "/auth/logout", "Failed to logout", logout.LogoutAsync);
        AddClosed("GET", "/auth/profile", "Failed to get user profile", ApiProfileEndpoint.GetAsync);
        AddClosed("GET", "/users/profile", "Failed to get user profile", ApiProfileEndpoint.GetAsync);
        AddClosed("PUT", "/users/profile", "Failed to update profile", profile.PutAsync);
        AddClosed("DELETE", "/users/profile", "Failed to delete user", profile.DeleteAsync);
        AddClosed("POST", "/analytics/events", ApiEventEndpoint.Failed, events.AddAsync);
        AddClosed("GET", "/analytics/events", "Failed to get events", caller.ListAsync);
        AddClosed("GET", "/analytics/dashboard", "Failed to get dashboard", caller.GetDashboardAsync);
        Add("GET", "/admin/analytics/summary", "Failed to get analytics summary", admin.Wrap(summary.GetAsync));
        Add("GET", "/admin/users", "Failed to list users", admin.Wrap(new AdminUsersEndpoint(identity.Users).ListAsync));

        void AddClosed(string method, string path, string failure, CallerHandler handler) => Add(method, path, failure, bearer.Wrap(failure, handler));

        void Add(string method, string path, string failure, RequestHandler handler) =>
            routes.Map(method, ApiFamily.Prefix + path, guard.Keyed(new FailureAnswer(failure, log, GoError.Prepare).Wrap(handler)));
    }
}
