using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.FastPath;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>Requests per minute and client, told in the <c>X-RateLimit-*</c> headers (gateway contract 7.4).</summary>
/// <param name="limiter">Counts.</param>
/// <param name="keys">Says under what a request counts.</param>
internal sealed class RateLimit(IRateLimiter limiter, LimitKeys keys)
{
    /// <summary>The headers that a page may read.</summary>
    public static readonly IReadOnlyList<string> HeaderNames = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

    private static readonly PreparedAnswer Exceeded = GoError.Prepare(StatusCodes.Status429TooManyRequests, "Rate limit exceeded");

    /// <summary>The limit around <paramref name="next"/>.</summary>
    public RequestHandler Wrap(RequestHandler next) => request =>
    {
        if (ForwardFailure.Of(request.Http) is { } forwarded)
        {
            return GoOn(request, forwarded.Decision, next);
        }
        var decision = limiter.TakeAsync(keys.Of(request.Http), request.Aborted);
        return decision.IsCompletedSuccessfully ? GoOn(request, decision.Result, next) : GoOnLaterAsync(request, decision, next);
    };

    private static async Task GoOnLaterAsync(RequestContext request, ValueTask<RateLimitDecision> decision, RequestHandler next) =>
        await GoOn(request, await decision, next);

    private static Task GoOn(RequestContext request, RateLimitDecision decision, RequestHandler next)
    {
        var http = request.Http;
        var headers = http.Response.Headers;
        if (!decision.Allowed)
        {
            headers.RetryAfter = Seconds(decision.RetryAfter);
            return Exceeded.WriteAsync(http);
        }
        headers["X-RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = Seconds(decision.ResetAfter);
        return next(request);
    }

    // Rounded up: who waits that long finds what was promised.
    private static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
