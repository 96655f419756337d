using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Families;

/// <summary>Error answers of the Go routes, in the long form (gateway contract 7.5).</summary>
internal sealed class GoErrors(TimeProvider clock)
{
    /// <summary>Answers with <paramref name="status"/> and <paramref name="text"/>.</summary>
    public Task WriteAsync(RequestContext request, int status, string text) =>
        GoError.WriteLongAsync(request.Http, status, text, RawTarget.Of(request.Http).Path.ToString(), clock);

    /// <summary>Answers a wrong method on one of the gateway's own pages.</summary>
    public Task WriteMethodNotAllowedAsync(RequestContext request)
    {
        request.Http.Response.Headers.Allow = "GET, HEAD";
        return WriteAsync(request, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
    }
}
