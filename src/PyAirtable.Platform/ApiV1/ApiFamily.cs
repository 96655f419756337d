using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.ApiV1;

/// <summary>The routes that came from the Go service, all under <c>/api/v1</c>, with its policies (platform contract 8.1): headers, CORS, errors
/// with <c>error</c>, strict paths.</summary>
internal sealed class ApiFamily
{
    /// <summary>What its paths start with.</summary>
    public const string Prefix = "/api/v1";

    private const string RequestIdHeader = "X-Request-ID";

    private static readonly PreparedAnswer LookUpFailed = GoError.Prepare(StatusCodes.Status500InternalServerError, "Internal Server Error");

    // Who is not known there is not told what there is.
    private static readonly string[] Closed = [Prefix + "/users", Prefix + "/analytics", Prefix + "/admin"];

    private readonly ApiBearerCheck _bearer;
    private readonly TimeProvider _clock;

    /// <summary>A family without routes.</summary>
    /// <param name="origins">Origins whose pages may call.</param>
    /// <param name="bearer">Who is known.</param>
    /// <param name="guard">What comes between CORS and the routes: host check, rate limit.</param>
    /// <param name="clock">The clock.</param>
    public ApiFamily(IReadOnlyList<string> origins, ApiBearerCheck bearer, Func<RequestHandler, RequestHandler> guard, TimeProvider clock)
    {
        (_bearer, _clock) = (bearer, clock);
        Routes = new RouteTable(
            request => MissAsync(request, StatusCodes.Status404NotFound, $"Cannot {request.Http.Request.Method} {request.Http.Request.Path.Value}"),
            request => MissAsync(request, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed"))
        {
            RedirectsTrailingSlash = false,
        };
        var cors = new GoCors(new CorsOptions
        {
            Origins = origins,
            Methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS"],
            Headers = ["Origin", "Content-Type", "Accept", "Authorization", "X-API-Key"],
            ExposedHeaders = ["X-Total-Count"],
        });
        Handler = WithIds(SecurityHeaders.WrapFull(cors.Wrap(guard(Routes.DispatchAsync))));
    }

    /// <summary>The routes; to be mapped before the first request.</summary>
    public RouteTable Routes { get; }

    /// <summary>Answers what <see cref="Owns"/>.</summary>
    public RequestHandler Handler { get; }

    /// <summary>Whether a path is one of this family's.</summary>
    public static bool Owns(string? path) => path is not null && IsUnder(path, Prefix);

    private static bool IsUnder(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/');

    private static RequestHandler WithIds(RequestHandler next) => request =>
    {
        var (sent, headers) = (request.Http.Request.Headers[RequestIdHeader], request.Http.Response.Headers);
        headers.Server = "PyAirtable-Platform";
        headers[RequestIdHeader] = sent is [{ Length: > 0 } id, ..] && RequestContext.CanBeEchoed(id) ? id : RandomIds.New().ToString();
        return next(request);
    };

    private async Task MissAsync(RequestContext request, int status, string text)
    {
        var (path, headers) = (request.Http.Request.Path.Value ?? "", request.Http.Response.Headers);
        var allowed = headers.Allow;
        headers.Allow = default;
        if (!Array.Exists(Closed, prefix => IsUnder(path, prefix)) || await _bearer.AuthenticateAsync(request, LookUpFailed) is not null)
        {
            headers.Allow = allowed;
            await GoError.WriteLongAsync(request.Http, status, text, path, _clock);
        }
    }
}
