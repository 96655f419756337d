using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Routing;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Accounts;

/// <summary>The Python routes of accounts (platform contract 1.1 and 8.6).</summary>
internal static class AccountRoutes
{
    private const string Prefix = "/auth";

    /// <summary>Maps them.</summary>
    public static void Map(RouteTable routes, RouteGuard guard, Identity identity, ILogger log)
    {
        var bearer = new BearerCheck(identity.Authenticator);
        var register = new RegisterEndpoint(identity.Registration, identity.Rules);
        var login = new LoginEndpoint(identity.Login);
        var profile = new ProfileEndpoint(bearer, identity.Users, identity.Clock);
        var delete = new DeleteEndpoint(bearer, identity.Users, identity.Revocations, identity.Clock);
        var password = new ChangePasswordEndpoint(bearer, identity.Users, identity.Rules, identity.Passwords, identity.Throttle, identity.Revocations, identity.Clock);
        var validate = new ValidateEndpoint(bearer, identity.Admins);
        var update = new FailureAnswer("Profile update failed", log);

        routes
            .MapWithTwin("POST", Prefix, "/register", guard.Keyed(new FailureAnswer("Registration failed", log).Wrap(register.RegisterAsync)))
            .MapWithTwin("POST", Prefix, "/login", guard.Keyed(new FailureAnswer("Login failed", log).Wrap(login.LoginAsync)))
            .MapWithTwin("GET", Prefix, "/verify", guard.Keyed(profile.VerifyAsync))
            .MapWithTwin("GET", Prefix, "/profile", guard.Keyed(profile.GetAsync))
            .MapWithTwin("PUT", Prefix, "/profile", guard.Keyed(update.Wrap(profile.PutAsync)))
            .Delete("/auth/users/{user_id}", guard.Keyed(new FailureAnswer("User deletion failed", log).Wrap(delete.DeleteAsync)))
            .Get("/auth/me", guard.Keyed(profile.GetAsync))
            .Put("/auth/me", guard.Keyed(update.Wrap(profile.PatchAsync)))
            .Post("/auth/change-password", guard.Keyed(new FailureAnswer("Password change failed", log).Wrap(password.ChangeAsync)))
            .Post("/auth/validate", guard.Keyed(validate.ValidateAsync));
    }
}
