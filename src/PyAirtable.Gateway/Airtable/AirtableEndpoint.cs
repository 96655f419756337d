using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Airtable;

/// <summary><c>/api/airtable/{path}</c>: the Airtable gateway, with the gateway's own key (gateway contract 1.4).</summary>
internal sealed class AirtableEndpoint(Relay relay, Upstream upstream)
{
    private const int PrefixSegments = 2;

    private static readonly PreparedAnswer NoJson = DetailError.Prepare(StatusCodes.Status400BadRequest, "Request body is not valid JSON");

    /// <summary>GET and DELETE: a body is neither read nor sent.</summary>
    public Task AskAsync(RequestContext request) => relay.AnswerAsync(request, upstream, request.Http.Request.Method, Target(request));

    /// <summary>POST, PUT and PATCH: the body is JSON, and sent compact; an empty one, or <c>null</c>, is not sent.</summary>
    public async Task SendAsync(RequestContext request)
    {
        var text = await BodyBytes.ReadAsync(request.Http.Request, request.Aborted);
        ReadOnlyMemory<byte>? body = null;
        if (!text.IsEmpty)
        {
            if (!PassThroughJson.TryRewrite(text, out var json))
            {
                await NoJson.WriteAsync(request.Http);
                return;
            }
            if (!json.Span.SequenceEqual("null"u8))
            {
                body = json;
            }
        }
        await relay.AnswerAsync(request, upstream, request.Http.Request.Method, Target(request), body);
    }

    // Path and query go up as they were sent (D14, D15), but for the key.
    private static string Target(RequestContext request)
    {
        var target = RawTarget.Of(request.Http).WithoutKey();
        return string.Concat(target.PathAfter(PrefixSegments), target.Query);
    }
}
