using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Access;

/// <summary>What is asked of a request before its route is run: a well-formed body, then the API key (platform contract 0.4, D-1).</summary>
internal sealed class RouteGuard
{
    /// <summary>Bytes of a body at most.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private readonly PlatformSettings _settings;
    private readonly ApiKeys _keys;
    private readonly PreparedAnswer _missing;
    private readonly PreparedAnswer _wrong;

    /// <summary>A guard by the settings and the keys, that refuses in the style of the Python services where none is named.</summary>
    public RouteGuard(PlatformSettings settings, ApiKeys keys, ErrorStyle? style = null)
    {
        (_settings, _keys) = (settings, keys);
        style ??= DetailError.Prepare;
        _missing = style(StatusCodes.Status401Unauthorized, "API key required");
        _wrong = style(StatusCodes.Status401Unauthorized, "Invalid API key");
    }

    /// <summary>Asks for the API key.</summary>
    public RequestHandler Keyed(RequestHandler next) => request =>
        RefusalOf(request) is { } refusal ? refusal.WriteAsync(request.Http) : next(request);

    /// <summary>Reads the body, then asks for the API key: a body that is no JSON is told even to those without one.</summary>
    public RequestHandler Keyed(BodyHandler next) => async request =>
    {
        var body = await JsonBody.ReadAsync(request.Http, MaxBodyBytes, request.Aborted);
        if (body.Fault is { } fault)
        {
            await fault.WriteAsync(request.Http);
        }
        else if (RefusalOf(request) is { } refusal)
        {
            await refusal.WriteAsync(request.Http);
        }
        else
        {
            await next(request, body);
        }
    };

    /// <summary>Marks the answers of a route that has a successor (D-5).</summary>
    public static RequestHandler Deprecated(RequestHandler next) => request =>
    {
        request.Http.Response.Headers["Deprecation"] = "true";
        return next(request);
    };

    private PreparedAnswer? RefusalOf(RequestContext request)
    {
        if (!_settings.RequireApiKey)
        {
            return null;
        }

        return _keys.Check(request.Http.Request) switch
        {
            ApiKeyCheck.Right => null,
            ApiKeyCheck.Missing => _settings.AllowMissingApiKey ? null : _missing,
            _ => _wrong,
        };
    }
}
