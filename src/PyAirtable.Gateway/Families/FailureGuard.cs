using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>Answers what a handler throws, and requests that can be read in two ways, in the shape of a contract family, with the
/// headers that are already set.</summary>
/// <param name="log">Where unexpected failures go.</param>
/// <param name="answer">Writes the family's error with a status and a text.</param>
internal sealed partial class FailureGuard(ILogger log, Func<RequestContext, int, string, Task> answer)
{
    /// <summary>The guard around <paramref name="next"/>.</summary>
    public RequestHandler Wrap(RequestHandler next) => async request =>
    {
        if (IsAmbiguous(request.Http.Request.Headers))
        {
            await answer(request, StatusCodes.Status400BadRequest, "Bad Request");
            return;
        }
        try
        {
            await next(request);
        }
        catch (BadHttpRequestException refused) when (!request.Http.Response.HasStarted)
        {
            var tooLarge = refused.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await answer(request, refused.StatusCode, tooLarge ? "Request Entity Too Large" : "There was an error parsing the body");
        }
        catch (Exception error) when (!request.Http.Response.HasStarted && !request.Aborted.IsCancellationRequested)
        {
            LogFailed(log, error, request.Http.Request.Method, request.Route ?? "unmatched", request.TraceId);
            await answer(request, StatusCodes.Status500InternalServerError, "Internal Server Error");
        }
    };

    // A body with both a length and chunks may be read differently by whoever stands before or behind (RFC 9112, 6.1). The server
    // goes by the chunks, ends the connection, and keeps the length under another name.
    private static bool IsAmbiguous(IHeaderDictionary headers) =>
        headers.TransferEncoding.Count > 0 && (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"));

    [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "{Method} {Route} failed, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string method, string route, string traceId);
}
