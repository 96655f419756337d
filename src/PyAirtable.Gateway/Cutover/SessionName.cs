using System.Text;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover;

/// <summary>The chat session that a request is of.</summary>
internal static class SessionName
{
    /// <summary>The one in the path, else the text of <c>session_id</c> in the body; null for none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Compact JSON that goes to the upstream; null for none.</param>
    public static string? Of(RequestContext request, ReadOnlyMemory<byte>? body)
    {
        if (request.Route is { } route && route.StartsWith("/api/sessions/", StringComparison.Ordinal))
        {
            return request.RouteValues[0];
        }
        if (body is not { Span: [(byte)'{', ..] } json)
        {
            return null;
        }
        var members = new JsonMembers(json.Span);
        while (members.Next())
        {
            if (members.Name.SequenceEqual("session_id"u8))
            {
                return members.Value is [(byte)'"', .., _] ? Encoding.UTF8.GetString(members.Value[1..^1]) : null;
            }
        }
        return null;
    }
}
