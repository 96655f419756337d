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
    public RequestHandler Wrap(Func<RequestContext, ValueTask> next) =>
        request => AmbiguousRequest.Is(request.Http.Request) ? RefuseAsync(request) : GuardAsync(next, request);

    private Task RefuseAsync(RequestContext request)
    {
        request.Http.Response.Headers.Connection = "close";
        return answer(request, StatusCodes.Status400BadRequest, "Bad Request");
    }

    // What it holds while a request is under way is an object for each request: failures are left to another method.
    private async Task GuardAsync(Func<RequestContext, ValueTask> next, RequestContext request)
    {
        Task failed;
        try
        {
            await next(request);
            return;
        }
        catch (Exception error) when (!request.Http.Response.HasStarted && (IsRefusal(error) || !request.Aborted.IsCancellationRequested))
        {
            failed = FailAsync(request, error);
        }
        await failed;
    }

    // The last is the server's own word for a chunk whose size it cannot hold.
    private static bool IsRefusal(Exception error) => error is BadHttpRequestException or IOException { InnerException: OverflowException };

    private Task FailAsync(RequestContext request, Exception error)
    {
        if (IsRefusal(error))
        {
            var status = error is BadHttpRequestException refused ? refused.StatusCode : StatusCodes.Status400BadRequest;
            var tooLarge = status == StatusCodes.Status413PayloadTooLarge;
            return answer(request, status, tooLarge ? "Request Entity Too Large" : "There was an error parsing the body");
        }
        LogFailed(log, error, request.Http.Request.Method, request.Route ?? "unmatched", request.TraceId);
        return answer(request, StatusCodes.Status500InternalServerError, "Internal Server Error");
    }

    [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "{Method} {Route} failed, trace {TraceId}")]
    private static partial void LogFailed(ILogger logger, Exception error, string method, string route, string traceId);
}
