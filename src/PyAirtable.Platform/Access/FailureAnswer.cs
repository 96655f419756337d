using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Access;

/// <summary>Answers what goes wrong inside a route with the route's own text, and logs why.</summary>
internal sealed partial class FailureAnswer
{
    private readonly string _detail;
    private readonly ILogger _log;
    private readonly PreparedAnswer _busy;
    private readonly PreparedAnswer _failed;

    /// <summary>Answers with <paramref name="detail"/>, in the style of the Python services where none is named.</summary>
    public FailureAnswer(string detail, ILogger log, ErrorStyle? style = null)
    {
        (_detail, _log) = (detail, log);
        style ??= DetailError.Prepare;
        _busy = style(StatusCodes.Status503ServiceUnavailable, "Service busy, try again later");
        _failed = style(StatusCodes.Status500InternalServerError, detail);
    }

    /// <summary>The handler with its failures answered: 500 with the text, or 503 when too many passwords wait.</summary>
    public BodyHandler Wrap(BodyHandler next) => (request, body) => AnswerAsync(request, () => next(request, body));

    /// <inheritdoc cref="Wrap(BodyHandler)"/>
    public RequestHandler Wrap(RequestHandler next) => request => AnswerAsync(request, () => next(request));

    private async Task AnswerAsync(RequestContext request, Func<Task> next)
    {
        try
        {
            await next();
        }
        catch (HashingBusyException) when (!request.Http.Response.HasStarted)
        {
            request.Http.Response.Headers.RetryAfter = HashingBusyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await _busy.WriteAsync(request.Http);
        }
        catch (Exception error) when (!request.Http.Response.HasStarted && !request.Aborted.IsCancellationRequested)
        {
            LogFailed(_log, error, _detail, request.TraceId);
            await _failed.WriteAsync(request.Http);
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "{Detail}, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string detail, string traceId);
}
