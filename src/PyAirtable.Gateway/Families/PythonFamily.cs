using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>The routes that came from the Python gateway, with its policies (set P of gateway contract 7.6), and all unknown paths.</summary>
internal sealed class PythonFamily
{
    private static readonly PreparedAnswer WrongKey = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid API key");

    private readonly RouteTable _routes;
    private readonly ApiKeys _keys;

    /// <summary>Puts the policies around the routes.</summary>
    /// <param name="settings">The gateway's settings.</param>
    /// <param name="keys">The keys that clients send.</param>
    /// <param name="limit">The rate limit, where it holds here too; else null.</param>
    /// <param name="log">Where unexpected failures go.</param>
    public PythonFamily(GatewaySettings settings, ApiKeys keys, RateLimit? limit, ILogger log)
    {
        _keys = keys;
        _routes = new RouteTable(EndpointNotFound.WriteAsync, static request => WriteErrorAsync(request, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed"));
        var cors = new Cors(new CorsOptions
        {
            Origins = settings.CorsOrigins,
            Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
            Headers = ["Accept", "Accept-Language", "Authorization", "Content-Language", "Content-Type", "X-API-Key", "X-Trace-ID"],
            Credentials = true,
            ExposedHeaders = [RequestIds.TraceHeader, RequestIds.RequestHeader, .. RateLimit.HeaderNames],
        });
        Handler = SecurityHeaders.WrapNoSniff(cors.Wrap(new FailureGuard(log, WriteErrorAsync).Wrap(limit?.Wrap(DispatchAsync) ?? DispatchAsync)));
    }

    /// <summary>The routes; to be mapped before the first request.</summary>
    public RouteTable Routes => _routes;

    /// <summary>Answers every path that the Go family does not own.</summary>
    public RequestHandler Handler { get; }

    /// <summary>Lets only requests with the key in the header through to <paramref name="next"/>.</summary>
    public RequestHandler WithKey(RequestHandler next) => request =>
        _keys.Check(request.Http.Request) == ApiKeyCheck.Right ? next(request) : WrongKey.WriteAsync(request.Http);

    /// <summary>As <see cref="WithKey"/>, but a request without the header may have the key in its query.</summary>
    public RequestHandler WithKeyOrQuery(RequestHandler next) => request =>
    {
        var http = request.Http;
        var check = http.Request.Headers.ContainsKey(ApiKeys.Header)
            ? _keys.Check(http.Request)
            : _keys.Check(KeyQuery.Find(RawTarget.Of(http).Query));
        return check == ApiKeyCheck.Right ? next(request) : WrongKey.WriteAsync(http);
    };

    private static Task WriteErrorAsync(RequestContext request, int status, string text) => DetailError.WriteAsync(request.Http, status, text);

    // The table matches the decoded path, in which dot segments are already resolved: as sent, such a path is none of the gateway's (D14).
    private ValueTask DispatchAsync(RequestContext request) =>
        new(RawTarget.Of(request.Http).HasDotSegments() ? EndpointNotFound.WriteAsync(request) : _routes.DispatchAsync(request));
}
