using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Sessions;

/// <summary>Chat sessions, which the language models' service keeps (gateway contract 1.6 and 1.7).</summary>
internal sealed class SessionEndpoint(Relay relay, Upstream llm)
{
    private const int PrefixSegments = 2;

    /// <summary><c>GET /api/sessions/{session_id}/history</c>.</summary>
    public Task GetHistoryAsync(RequestContext request) => AskAsync(request, "/history");

    /// <summary><c>DELETE /api/sessions/{session_id}</c>.</summary>
    public Task DeleteAsync(RequestContext request) => AskAsync(request, "");

    // The id is one segment at the upstream too, whatever is in it (D14). The Python gateway decodes before it routes, so that an
    // encoded slash divides segments, and leads nowhere.
    private Task AskAsync(RequestContext request, string rest)
    {
        var sent = RawTarget.Of(request.Http).PathAfter(PrefixSegments)[1..^rest.Length];
        var id = Uri.UnescapeDataString(sent);
        return id.Contains('/', StringComparison.Ordinal)
            ? EndpointNotFound.WriteAsync(request)
            : relay.AnswerAsync(request, llm, request.Http.Request.Method, $"/sessions/{Uri.EscapeDataString(id)}{rest}");
    }
}
