using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Ingestion;

/// <summary>Answers for what was not stored: 500 with the route's text where the database refuses it, 503 where trying again may help.</summary>
/// <param name="detail">The route's text.</param>
/// <param name="style">Style of the answers; that of the Python services where none is named.</param>
internal sealed class IngestionFailure(string detail, ErrorStyle? style = null)
{
    // A queue that is full is stored within about a second, a database that restarts is back soon after.
    private const int RetryAfterSeconds = 1;

    private static readonly string RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);

    private readonly PreparedAnswer _busy = (style ?? DetailError.Prepare)(StatusCodes.Status503ServiceUnavailable, "Service busy, try again later");
    private readonly PreparedAnswer _unavailable = (style ?? DetailError.Prepare)(StatusCodes.Status503ServiceUnavailable, detail);
    private readonly PreparedAnswer _rejected = (style ?? DetailError.Prepare)(StatusCodes.Status500InternalServerError, detail);

    /// <summary>Answers.</summary>
    public Task WriteAsync(HttpContext http, IngestionOutcome outcome)
    {
        if (outcome == IngestionOutcome.Rejected)
        {
            return _rejected.WriteAsync(http);
        }

        http.Response.Headers.RetryAfter = RetryAfter;
        return (outcome == IngestionOutcome.Busy ? _busy : _unavailable).WriteAsync(http);
    }
}
