using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Access;

/// <summary>Routes that are also there without their prefix (D-5).</summary>
internal static class LegacyTwin
{
    /// <summary>Maps a route and its twin, whose answers are marked as deprecated.</summary>
    public static RouteTable MapWithTwin(this RouteTable routes, string method, string prefix, string path, RequestHandler handler) =>
        routes.Map(method, prefix + path, handler).Map(method, path, RouteGuard.Deprecated(handler));
}
