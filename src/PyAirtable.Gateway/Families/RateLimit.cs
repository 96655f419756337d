using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PyAirtable.Gateway.FastPath;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>Requests per minute and client, told in the <c>X-RateLimit-*</c> headers (gateway contract 7.4).</summary>
/// <param name="limiter">Counts.</param>
/// <param name="keys">Says under what a request counts.</param>
/// <param name="limit">Requests that may come at once, as clients are told.</param>
internal sealed class RateLimit(IRateLimiter limiter, LimitKeys keys, int limit)
{
    /// <summary>The headers that a page may read.</summary>
    public static readonly IReadOnlyList<string> HeaderNames = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

    private static readonly PreparedAnswer Exceeded = GoError.Prepare(StatusCodes.Status429TooManyRequests, "Rate limit exceeded");

    private readonly StringValues _limit = limit.ToString(CultureInfo.InvariantCulture);

    /// <summary>The limit around <paramref name="next"/>.</summary>
    public Func<RequestContext, ValueTask> Wrap(Func<RequestContext, ValueTask> next) => request =>
    {
        if (ForwardFailure.Of(request.Http) is { } forwarded)
        {
            return GoOn(request, forwarded.Decision, next);
        }
        var decision = limiter.TakeAsync(keys.Of(request.Http), request.Aborted);
        return decision.IsCompletedSuccessfully ? GoOn(request, decision.Result, next) : GoOnLaterAsync(request, decision, next);
    };

    private async ValueTask GoOnLaterAsync(RequestContext request, ValueTask<RateLimitDecision> decision, Func<RequestContext, ValueTask> next) =>
        await GoOn(request, await decision, next);

    private ValueTask GoOn(RequestContext request, RateLimitDecision decision, Func<RequestContext, ValueTask> next)
    {
        var http = request.Http;
        var headers = http.Response.Headers;
        if (!decision.Allowed)
        {
            headers.RetryAfter = Seconds(decision.RetryAfter);
            return new ValueTask(Exceeded.WriteAsync(http));
        }
        headers["X-RateLimit-Limit"] = _limit;
        headers["X-RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = Seconds(decision.ResetAfter);
        return next(request);
    }

    // Rounded up: who waits that long finds what was promised.
    private static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
