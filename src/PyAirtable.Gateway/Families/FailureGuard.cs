using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.RequestSafety;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>Answers what a handler throws, and requests that can be read in two ways, in the shape of a contract family, with the
/// headers that are already set.</summary>
/// <param name="log">Where unexpected failures go.</param>
/// <param name="answer">Writes the family's error with a status and a text.</param>
internal sealed partial class FailureGuard(ILogger log, Func<RequestContext, int, string, Task> answer)
{
    /// <summary>The guard around <paramref name="next"/>: within it handlers are such that leave no object behind for each request.</summary>
    public RequestHandler Wrap(Func<RequestContext, ValueTask> next) => async request =>
    {
        if (AmbiguousRequest.Is(request.Http.Request))
        {
            request.Http.Response.Headers.Connection = "close";
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
        // The server's own word for a chunk whose size it cannot hold.
        catch (IOException refused) when (refused.InnerException is OverflowException && !request.Http.Response.HasStarted)
        {
            await answer(request, StatusCodes.Status400BadRequest, "There was an error parsing the body");
        }
        catch (Exception error) when (!request.Http.Response.HasStarted && !request.Aborted.IsCancellationRequested)
        {
            LogFailed(log, error, request.Http.Request.Method, request.Route ?? "unmatched", request.TraceId);
            await answer(request, StatusCodes.Status500InternalServerError, "Internal Server Error");
        }
    };

    [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "{Method} {Route} failed, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string method, string route, string traceId);
}
