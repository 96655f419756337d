using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Errors;
using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Access;

/// <summary>Answers what goes wrong inside a route with the route's own text, and logs why.</summary>
internal sealed partial class FailureAnswer(string detail, ILogger log)
{
    private static readonly PreparedAnswer Busy = DetailError.Prepare(StatusCodes.Status503ServiceUnavailable, "Service busy, try again later");

    private readonly PreparedAnswer _failed = DetailError.Prepare(StatusCodes.Status500InternalServerError, detail);

    /// <summary>The handler with its failures answered: 500 with the text, or 503 when too many passwords wait.</summary>
    public BodyHandler Wrap(BodyHandler next) => async (request, body) =>
    {
        try
        {
            await next(request, body);
        }
        catch (HashingBusyException) when (!request.Http.Response.HasStarted)
        {
            request.Http.Response.Headers.RetryAfter = HashingBusyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await Busy.WriteAsync(request.Http);
        }
        catch (Exception error) when (!request.Http.Response.HasStarted && !request.Aborted.IsCancellationRequested)
        {
            LogFailed(log, error, detail, request.TraceId);
            await _failed.WriteAsync(request.Http);
        }
    };

    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "{Detail}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string detail, string traceId);
}
