using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Cross-origin rules of the Go services (gateway contract 4.4 and 7.6): every OPTIONS request is answered 204, patterns such as
/// <c>https://*.example.com</c> match subdomains, an origin that is not allowed gets no header. Credentials and the age of a
/// preflight are never told.
/// </summary>
public sealed class GoCors
{
    private readonly CorsOrigins _origins;
    private readonly StringValues _methods;
    private readonly StringValues _headers;
    private readonly StringValues _exposed;

    /// <summary>A policy by the origins, methods, headers and exposed headers of <paramref name="options"/>.</summary>
    public GoCors(CorsOptions options)
    {
        _origins = new CorsOrigins(options.Origins, patterns: true);
        _methods = string.Join(',', options.Methods);
        _headers = string.Join(',', options.Headers ?? []);
        _exposed = options.ExposedHeaders is [] ? StringValues.Empty : string.Join(", ", options.ExposedHeaders);
    }

    /// <summary>The policy around <paramref name="next"/>.</summary>
    public RequestHandler Wrap(RequestHandler next) => request =>
    {
        var http = request.Http;
        var headers = http.Response.Headers;
        if (_origins.Any)
        {
            headers.AccessControlAllowOrigin = "*";
        }
        else if (http.Request.Headers.Origin is [{ } origin, ..] && _origins.Allow(origin))
        {
            headers.AccessControlAllowOrigin = origin;
        }

        if (!HttpMethods.IsOptions(http.Request.Method))
        {
            headers.Append("Vary", "Origin");
            if (_exposed.Count > 0)
            {
                headers.AccessControlExposeHeaders = _exposed;
            }

            return next(request);
        }

        headers.AccessControlAllowMethods = _methods;
        headers.AccessControlAllowHeaders = _headers;
        headers.Vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };
}
