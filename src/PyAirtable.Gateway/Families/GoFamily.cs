using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>The routes that came from the Go gateway, with its policies: <c>/health</c>, <c>/ready</c>, the metrics, and the plain proxy
/// routes (set G of gateway contract 7.6).</summary>
internal sealed partial class GoFamily
{
    private static readonly PreparedAnswer NoKey = GoError.Prepare(StatusCodes.Status401Unauthorized, "API key required");
    private static readonly PreparedAnswer WrongKey = GoError.Prepare(StatusCodes.Status401Unauthorized, "Invalid API key");

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"];

    private readonly GatewaySettings _settings;
    private readonly ApiKeys _keys;
    private readonly IReadOnlyList<PrefixRoute> _prefixes;
    private readonly RouteTable _pages;
    private readonly HashSet<string> _paths;
    private readonly GoErrors _errors;
    private readonly ILogger _log;

    /// <summary>Puts the policies around the routes.</summary>
    public GoFamily(GatewaySettings settings, ApiKeys keys, IReadOnlyList<PrefixRoute> prefixes, RouteTable pages, GoErrors errors, RateLimit limit, ILogger log)
    {
        (_settings, _keys, _prefixes, _pages, _errors, _log) = (settings, keys, prefixes, pages, errors, log);
        _paths = [.. pages.Routes.Select(route => route.Template)];
        var cors = new GoCors(new CorsOptions
        {
            Origins = settings.CorsOrigins,
            Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
            Headers = ["Origin", "Content-Type", "Accept", "Authorization", "X-API-Key", "X-Trace-ID", "X-Request-ID"],
            ExposedHeaders = [RequestIds.TraceHeader, RequestIds.RequestHeader, .. RateLimit.HeaderNames],
        });
        Handler = SecurityHeaders.WrapFull(cors.Wrap(new FailureGuard(log, errors.WriteAsync).Wrap(limit.Wrap(DispatchAsync))));
    }

    /// <summary>Answers what <see cref="Owns"/>.</summary>
    public RequestHandler Handler { get; }

    /// <summary>All routes, as method and template; the proxy routes take further methods.</summary>
    public IEnumerable<(string Method, string Template)> Routes => _pages.Routes.Select(route => (route.Method, route.Template))
        .Concat(_prefixes.SelectMany(_ => Methods, (route, method) => (method, route.Template)));

    /// <summary>Whether a target is one of this family's. Those with dot segments are nobody's (G13).</summary>
    public bool Owns(RawTarget target) => _paths.Contains(target.Path) || (Find(target.Path) is not null && !target.HasDotSegments());

    private Task DispatchAsync(RequestContext request)
    {
        var target = RawTarget.Of(request.Http);
        return Find(target.Path) is { } route ? ForwardAsync(request, route, target) : _pages.DispatchAsync(request);
    }

    private PrefixRoute? Find(string path)
    {
        foreach (var route in _prefixes)
        {
            if (route.Matches(path))
            {
                return route;
            }
        }
        return null;
    }

    private async Task ForwardAsync(RequestContext request, PrefixRoute route, RawTarget target)
    {
        var http = request.Http;
        request.Route = route.Template;
        if (Refusal(http, target) is { } refusal)
        {
            await refusal.WriteAsync(http);
            return;
        }
        if (http.Request.ContentLength > _settings.MaxBodyBytes)
        {
            await _errors.WriteAsync(request, UpstreamFailure.TooLarge.Status, UpstreamFailure.TooLarge.Reason);
            return;
        }

        request.Upstream = route.Upstream.Name;
        var failure = await route.Forwarder.ForwardAsync(request, route.Upstream, route.Prefix, route.Cut(target));
        if (failure is not null)
        {
            if (!failure.IsRefusal)
            {
                LogFailed(_log, route.Upstream.Name, failure.Reason, request.TraceId);
            }
            failure.WriteHeaders(http.Response);
            await _errors.WriteAsync(request, failure.Status, failure == UpstreamFailure.TimedOut ? "timeout" : failure.Reason);
        }
    }

    private PreparedAnswer? Refusal(HttpContext http, RawTarget target)
    {
        if (!_settings.RequireApiKey)
        {
            return null;
        }
        var check = _keys.Check(http.Request);
        if (check == ApiKeyCheck.Missing)
        {
            check = _keys.Check(KeyQuery.Find(target.Query));
        }
        return check switch
        {
            ApiKeyCheck.Right => null,
            ApiKeyCheck.Missing => NoKey,
            _ => WrongKey,
        };
    }

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning, Message = "{Upstream} gave no answer: {Reason}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, string upstream, string reason, string traceId);
}
