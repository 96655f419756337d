using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.FastPath;
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
    private static readonly PreparedAnswer WrongToken = GoError.Prepare(StatusCodes.Status401Unauthorized, "Invalid token");

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"];

    private readonly GatewaySettings _settings;
    private readonly Callers _callers;
    private readonly PrefixRoute[] _prefixes;
    private readonly RouteTable _pages;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _paths;
    private readonly GoErrors _errors;
    private readonly ILogger _log;
    private readonly Func<RequestHandler, RequestHandler> _common;

    /// <summary>Puts the policies around the routes.</summary>
    public GoFamily(GatewaySettings settings, Callers callers, IReadOnlyList<PrefixRoute> prefixes, RouteTable pages, GoErrors errors, RateLimit limit, ILogger log)
    {
        (_settings, _callers, _prefixes, _pages, _errors, _log) = (settings, callers, [.. prefixes], pages, errors, log);
        _paths = pages.Routes.Select(route => route.Template).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var cors = new GoCors(new CorsOptions
        {
            Origins = settings.CorsOrigins,
            Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
            Headers = ["Origin", "Content-Type", "Accept", "Authorization", "X-API-Key", "X-Trace-ID", "X-Request-ID"],
            ExposedHeaders = [RequestIds.TraceHeader, RequestIds.RequestHeader, .. RateLimit.HeaderNames],
        });
        _common = next => SecurityHeaders.WrapFull(cors.Wrap(next));
        Handler = _common(new FailureGuard(log, errors.WriteAsync).Wrap(limit.Wrap(DispatchAsync)));
    }

    /// <summary>Answers what <see cref="Owns"/>.</summary>
    public RequestHandler Handler { get; }

    /// <summary>All routes, as method and template; the proxy routes take further methods.</summary>
    public IEnumerable<(string Method, string Template)> Routes => _pages.Routes.Select(route => (route.Method, route.Template))
        .Concat(_prefixes.SelectMany(_ => Methods, (route, method) => (method, route.Template)));

    /// <summary>Whether a target is one of this family's. Those with dot segments are nobody's (G13).</summary>
    public bool Owns(RawTarget target) => _paths.Contains(target.Path) || (Find(target.Path) is not null && !target.HasDotSegments());

    /// <summary>The header lines, each with its end, that an answer has for a request without an origin, whatever is answered.</summary>
    public byte[] CommonHeaders()
    {
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Get;
        _common(static _ => Task.CompletedTask)(new RequestContext { Http = http });
        return Encoding.Latin1.GetBytes(string.Concat(http.Response.Headers.SelectMany(header => header.Value, (header, value) => $"{header.Key}: {value}\r\n")));
    }

    private ValueTask DispatchAsync(RequestContext request)
    {
        var target = RawTarget.Of(request.Http);
        return Find(target.Path) is { } route ? ForwardAsync(request, route, target) : new(_pages.DispatchAsync(request));
    }

    private PrefixRoute? Find(ReadOnlySpan<char> path)
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ForwardAsync(RequestContext request, PrefixRoute route, RawTarget target)
    {
        var http = request.Http;
        request.Route = route.Template;
        if (ForwardFailure.Of(http)?.Take() is { } forwarded)
        {
            request.Upstream = route.Upstream.Name;
            await WriteFailureAsync(request, forwarded, route.Upstream);
            return;
        }
        if (Refusal(http) is { } refusal)
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
            await WriteFailureAsync(request, failure, route.Upstream);
        }
    }

    private Task WriteFailureAsync(RequestContext request, UpstreamFailure failure, Upstream upstream)
    {
        // Refusals are counted instead, and who has gone is told nothing.
        if (!failure.IsRefusal && !request.Aborted.IsCancellationRequested)
        {
            LogFailed(_log, request.Upstream ?? upstream.Name, failure.Reason, request.TraceId);
        }
        failure.WriteHeaders(request.Http.Response);
        if (failure.Status == StatusCodes.Status400BadRequest)
        {
            // Who sends what cannot be read is not listened to any longer.
            request.Http.Response.Headers.Connection = "close";
        }
        return _errors.WriteAsync(request, failure.Status, failure == UpstreamFailure.TimedOut ? "timeout" : failure.Reason);
    }

    // A key counts before a token; with a right one the token is for who stands behind to judge.
    private PreparedAnswer? Refusal(HttpContext http)
    {
        if (!_settings.RequireApiKey)
        {
            return null;
        }
        if (Callers.KeyOf(http) is { } key)
        {
            if (_callers.Find(key) < 0)
            {
                return WrongKey;
            }
        }
        else if (_callers.CheckToken(http.Request) is not { } token)
        {
            return NoKey;
        }
        else if (!token.IsValid)
        {
            return WrongToken;
        }
        // By whatever a client was let in, the upstream knows the first key only.
        http.Request.Headers[ApiKeys.Header] = _settings.ApiKey;
        return null;
    }

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning, Message = "{Upstream} gave no answer: {Reason}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, string upstream, string reason, string traceId);
}
