using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Files;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Replies;

/// <summary>
/// Answers for what goes wrong inside (automation contract 1.4, 1.5). The log has the failure itself; clients get a plain reason,
/// for a failure's own text may hold paths and addresses (D23).
/// </summary>
internal sealed partial class Failures(ILogger log)
{
    private const string RetryAfterSeconds = "10";

    private static readonly PreparedAnswer StorageAway = DetailError.Prepare(StatusCodes.Status503ServiceUnavailable, "File storage is not available");

    /// <summary>Around a route that names itself in its 500: <c>{"detail":"Failed to list workflows: …"}</c>.</summary>
    public RequestHandler Named(string prefix, RequestHandler next) => async request =>
    {
        try
        {
            await next(request);
        }
        catch (StorageUnavailableException e) when (IsOurs(e, request.Http))
        {
            LogUnavailable(request.Http.Request.Method, request.Route ?? "unmatched", request.TraceId, e.Message);
            request.Http.Response.Headers.RetryAfter = RetryAfterSeconds;
            await StorageAway.WriteAsync(request.Http);
        }
        catch (Exception e) when (IsOurs(e, request.Http))
        {
            LogFailed(e, request.Http.Request.Method, request.Route ?? "unmatched", request.TraceId);
            await DetailError.WriteAsync(request.Http, StatusCodes.Status500InternalServerError, $"{prefix}: {Reason(e)}");
        }
    };

    /// <summary>Around everything: 500 <c>{"error":"Internal server error","detail":…}</c> without CORS headers.</summary>
    public RequestHandler Unhandled(RequestHandler next) => async request =>
    {
        try
        {
            await next(request);
        }
        catch (Exception e) when (IsOurs(e, request.Http))
        {
            LogFailed(e, request.Http.Request.Method, request.Route ?? "unmatched", request.TraceId);
            request.Http.Response.Clear();
            var body = JsonReply.Text(Reason(e), static (json, reason) =>
            {
                json.WriteString("error"u8, "Internal server error"u8);
                json.WriteString("detail"u8, reason);
            });
            await new PreparedAnswer(StatusCodes.Status500InternalServerError, PreparedAnswer.Json, System.Text.Encoding.UTF8.GetBytes(body)).WriteAsync(request.Http);
        }
    };

    private static bool IsOurs(Exception e, HttpContext http) =>
        !http.Response.HasStarted && e is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested;

    private static string Reason(Exception e) => e switch
    {
        DbException or TimeoutException => "the database did not answer",
        IOException or UnauthorizedAccessException => "the file could not be read or written",
        _ => "unexpected failure",
    };

    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "{Method} {Route}, trace {TraceId}: {Reason}")]
    private partial void LogUnavailable(string method, string route, string traceId, string reason);

    [LoggerMessage(EventId = 30, Level = LogLevel.Error, Message = "{Method} {Route} failed, trace {TraceId}")]
    private partial void LogFailed(Exception error, string method, string route, string traceId);
}
