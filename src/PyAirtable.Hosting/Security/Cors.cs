using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Security;

/// <summary>
/// Cross-origin rules of the Python services (platform contract 0.2, gateway contract 4.3, automation contract 1.1). Preflights
/// are answered here; other requests get their headers before the inner handler runs, which must append to <c>Vary</c>.
/// </summary>
public sealed class Cors
{
    private static readonly PreparedAnswer Accepted = PlainText.Prepare(StatusCodes.Status200OK, "OK");

    private readonly CorsOptions _options;
    private readonly CorsOrigins _origins;
    private readonly StringValues _methods;
    private readonly StringValues _headers;
    private readonly StringValues _exposed;
    private readonly StringValues _maxAge;

    /// <summary>A policy by <paramref name="options"/>.</summary>
    public Cors(CorsOptions options)
    {
        _options = options;
        _origins = new CorsOrigins(options.Origins, patterns: false);
        _methods = string.Join(", ", options.Methods);
        _headers = options.Headers is null ? StringValues.Empty : string.Join(", ", options.Headers);
        _exposed = options.ExposedHeaders is [] ? StringValues.Empty : string.Join(", ", options.ExposedHeaders);
        _maxAge = options.MaxAgeSeconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The policy around <paramref name="next"/>.</summary>
    public RequestHandler Wrap(RequestHandler next) => request =>
    {
        var headers = request.Http.Request.Headers;
        if (headers.Origin is not [{ } origin, ..])
        {
            return next(request);
        }

        if (HttpMethods.IsOptions(request.Http.Request.Method) && headers.AccessControlRequestMethod is [{ } method, ..])
        {
            return AnswerPreflight(request.Http, origin, method);
        }

        AddHeaders(request.Http, origin);
        return next(request);
    };

    private void AddHeaders(HttpContext http, string origin)
    {
        var headers = http.Response.Headers;
        if (_options.Credentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        if (_exposed.Count > 0)
        {
            headers.AccessControlExposeHeaders = _exposed;
        }

        // With a cookie even a policy for any origin must name the one that asks.
        if (_origins.Any && http.Request.Headers.Cookie.Count == 0)
        {
            headers.AccessControlAllowOrigin = "*";
        }
        else if (_origins.Allow(origin))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.Append("Vary", "Origin");
        }
    }

    private Task AnswerPreflight(HttpContext http, string origin, string method)
    {
        var headers = http.Response.Headers;
        headers.Vary = "Origin";
        headers.AccessControlAllowMethods = _methods;
        headers.AccessControlMaxAge = _maxAge;
        if (_options.Credentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        var requested = http.Request.Headers.AccessControlRequestHeaders;
        var allowed = _options.Headers is null ? requested : _headers;
        if (allowed.Count > 0)
        {
            headers.AccessControlAllowHeaders = allowed;
        }

        var originAllowed = _origins.Allow(origin);
        if (originAllowed)
        {
            headers.AccessControlAllowOrigin = origin;
        }

        var methodAllowed = _options.Methods.Contains(method, StringComparer.Ordinal);
        var headersAllowed = requested.Count == 0 || AreAllowed(requested.ToString());
        if (originAllowed && methodAllowed && headersAllowed)
        {
            return Accepted.WriteAsync(http);
        }

        string[] faults = [originAllowed ? "" : "origin", methodAllowed ? "" : "method", headersAllowed ? "" : "headers"];
        var text = "Disallowed CORS " + string.Join(", ", faults.Where(fault => fault.Length > 0));
        return PlainText.Prepare(StatusCodes.Status400BadRequest, text).WriteAsync(http);
    }

    private bool AreAllowed(string requested)
    {
        if (_options.Headers is null)
        {
            return true;
        }

        foreach (var header in requested.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!_options.Headers.Contains(header, StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
