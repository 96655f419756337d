using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
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
        catch (Exception error) when (CanAnswer(request))
        {
            await AnswerAsync(request, error);
        }
    };

    /// <inheritdoc cref="Wrap(BodyHandler)"/>
    public RequestHandler Wrap(RequestHandler next) => async request =>
    {
        try
        {
            await next(request);
        }
        catch (Exception error) when (CanAnswer(request))
        {
            await AnswerAsync(request, error);
        }
    };

    private static bool CanAnswer(RequestContext request) => !request.Http.Response.HasStarted && !request.Aborted.IsCancellationRequested;

    private Task AnswerAsync(RequestContext request, Exception error)
    {
        if (error is HashingBusyException)
        {
            request.Http.Response.Headers.RetryAfter = HashingBusyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Busy.WriteAsync(request.Http);
        }

        LogFailed(log, error, detail, request.TraceId);
        return _failed.WriteAsync(request.Http);
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "{Detail}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string detail, string traceId);
}
