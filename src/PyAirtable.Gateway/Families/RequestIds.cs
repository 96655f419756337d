using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.FastPath;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>The two ids of a request, on every answer: each is the client's own if it sent one, else a new one (gateway contract 7.6).</summary>
internal static class RequestIds
{
    /// <summary>The Python services' id.</summary>
    public const string TraceHeader = "X-Trace-ID";

    /// <summary>The Go services' id.</summary>
    public const string RequestHeader = "X-Request-ID";

    /// <summary>The ids around <paramref name="next"/>.</summary>
    public static RequestHandler Wrap(RequestHandler next) => request =>
    {
        var http = request.Http;
        if (ForwardFailure.Of(http) is { } forwarded)
        {
            http.Request.Headers[TraceHeader] = forwarded.TraceId;
            http.Request.Headers[RequestHeader] = forwarded.RequestId;
        }
        http.Response.Headers[TraceHeader] = request.TraceId;
        http.Response.Headers[RequestHeader] = http.Request.Headers[RequestHeader] is [{ Length: > 0 } sent, ..] && RequestContext.CanBeEchoed(sent)
            ? sent
            : RandomIds.New().ToString();
        return next(request);
    };
}
