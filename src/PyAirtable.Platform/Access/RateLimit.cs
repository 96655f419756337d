using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.RateLimiting;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Access;

/// <summary>
/// Requests per minute and client (<c>RATE_LIMIT_RPM</c>; platform contract 8.1). A client is known by the first address of
/// <c>X-Forwarded-For</c>, else by its own: the API key does not tell clients apart that come through one gateway (G-6).
/// </summary>
/// <param name="limiter">Counts.</param>
/// <param name="open">Paths that never count, such as <c>/health</c>.</param>
/// <param name="style">Form of the refusal.</param>
internal sealed class RateLimit(IRateLimiter limiter, IReadOnlyList<string> open, ErrorStyle style)
{
    // Buckets in Redis are shared with the gateway, which counts the same requests once itself.
    private const string KeyPrefix = "platform ";

    private readonly PreparedAnswer _exceeded = style(StatusCodes.Status429TooManyRequests, "Rate limit exceeded");

    /// <summary>The limit around <paramref name="next"/>.</summary>
    public RequestHandler Wrap(RequestHandler next) => async request =>
    {
        var http = request.Http;
        if (open.Contains(http.Request.Path.Value))
        {
            await next(request);
            return;
        }

        var decision = await limiter.TakeAsync(KeyPrefix + ClientAddress.Of(http, trustForwarded: true), request.Aborted);
        if (!decision.Allowed)
        {
            http.Response.Headers.RetryAfter = Seconds(decision.RetryAfter);
            await _exceeded.WriteAsync(http);
            return;
        }

        http.Response.Headers["X-RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-RateLimit-Reset"] = Seconds(decision.ResetAfter);
        await next(request);
    };

    // Rounded up: who waits that long finds what was promised.
    private static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
