using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Routing;

/// <summary>
/// The routes of one service, matched by the rules of the Python services (Starlette's router): paths are case-sensitive, a
/// parameter is one non-empty segment, literal paths win over parameters, a path that misses a route by its trailing slash is
/// answered 307, a wrong method 405 with <c>Allow</c>. ASP.NET Core's routing ignores case and trailing slashes and builds its
/// tables at the first request, so it is not used.
/// </summary>
/// <param name="notFound">Answers unknown paths.</param>
/// <param name="methodNotAllowed">Answers known paths with a wrong method; <c>Allow</c> is set before it is called.</param>
public sealed class RouteTable(RequestHandler notFound, RequestHandler methodNotAllowed)
{
    private readonly Dictionary<string, RouteTemplate> _literals = new(StringComparer.Ordinal);
    private readonly List<RouteTemplate> _templates = [];

    /// <summary>A table whose errors are FastAPI's: <c>{"detail":"Not Found"}</c> and <c>{"detail":"Method Not Allowed"}</c>.</summary>
    public RouteTable()
        : this(
            static request => DetailError.WriteAsync(request.Http, StatusCodes.Status404NotFound, "Not Found"),
            static request => DetailError.WriteAsync(request.Http, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed"))
    {
    }

    /// <summary>All routes, in no particular order.</summary>
    public IEnumerable<Route> Routes => _literals.Values.Concat(_templates).SelectMany(template => template.Routes);

    /// <summary>True if a missing or surplus trailing slash is answered with a redirect to the path that has a route.</summary>
    public bool RedirectsTrailingSlash { get; init; } = true;

    /// <summary>True if <c>Allow</c> names only the first method mapped for the path, as Starlette's does; else all but <c>HEAD</c>.</summary>
    public bool AllowsFirstMethodOnly { get; init; }

    /// <summary>Adds a route. A template mapped first is tried first among those with parameters.</summary>
    public RouteTable Map(string method, string template, RequestHandler handler)
    {
        var known = Find(template);
        if (known is null)
        {
            known = new RouteTemplate(template);
            if (known.IsLiteral)
            {
                _literals.Add(template, known);
            }
            else
            {
                _templates.Add(known);
            }
        }
        known.Routes.Add(new Route(method, template, handler));
        return this;
    }

    /// <summary>Adds a GET route.</summary>
    public RouteTable Get(string template, RequestHandler handler) => Map("GET", template, handler);

    /// <summary>Adds a POST route.</summary>
    public RouteTable Post(string template, RequestHandler handler) => Map("POST", template, handler);

    /// <summary>Adds a PUT route.</summary>
    public RouteTable Put(string template, RequestHandler handler) => Map("PUT", template, handler);

    /// <summary>Adds a DELETE route.</summary>
    public RouteTable Delete(string template, RequestHandler handler) => Map("DELETE", template, handler);

    /// <summary>Answers a request by its route, or with 307, 404 or 405.</summary>
    public Task DispatchAsync(RequestContext request)
    {
        var path = request.Http.Request.Path.Value ?? "";
        RouteTemplate? known = null;
        if (_literals.TryGetValue(path, out var literal))
        {
            known = literal;
            if (Choose(literal, request) is { } route)
            {
                return Run(route, [], request);
            }
        }
        foreach (var template in _templates)
        {
            if (template.Match(path) is not { } values)
            {
                continue;
            }
            known ??= template;
            if (Choose(template, request) is { } route)
            {
                return Run(route, values, request);
            }
        }
        return known is null ? Miss(path, request) : Refuse(known, request);
    }

    private static Route? Choose(RouteTemplate template, RequestContext request)
    {
        foreach (var route in template.Routes)
        {
            if (route.Method == request.Http.Request.Method)
            {
                return route;
            }
        }
        return null;
    }

    private static Task Run(Route route, string[] values, RequestContext request)
    {
        request.Route = route.Template;
        request.RouteValues = values;
        return route.Handler(request);
    }

    private Task Refuse(RouteTemplate template, RequestContext request)
    {
        request.Route = template.Text;
        var methods = template.Routes.Select(route => route.Method).Distinct();
        request.Http.Response.Headers.Allow = AllowsFirstMethodOnly
            ? methods.First()
            : string.Join(", ", methods.Where(method => method != "HEAD" || template.Routes.TrueForAll(route => route.Method == "HEAD")));
        return methodNotAllowed(request);
    }

    private Task Miss(string path, RequestContext request)
    {
        if (RedirectsTrailingSlash && Other(path) is { } other)
        {
            var http = request.Http;
            http.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
            http.Response.Headers.Location = UriHelper.BuildAbsolute(http.Request.Scheme, http.Request.Host, http.Request.PathBase, new PathString(other), http.Request.QueryString);
            http.Response.ContentLength = 0;
            return Task.CompletedTask;
        }
        return notFound(request);
    }

    // A path of slashes only, or one that starts with two, would become a redirect to another host.
    private string? Other(string path)
    {
        var other = path.EndsWith('/') ? path.TrimEnd('/') : path + "/";
        return other.Length > 1 && !other.StartsWith("//", StringComparison.Ordinal)
            && (_literals.ContainsKey(other) || _templates.Exists(template => template.Match(other) is not null))
            ? other
            : null;
    }

    private RouteTemplate? Find(string template) =>
        _literals.GetValueOrDefault(template) ?? _templates.Find(known => known.Text == template);
}
