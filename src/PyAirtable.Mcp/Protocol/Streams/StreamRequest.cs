using Microsoft.AspNetCore.Http;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>A GET: for the stream of the server's own messages, or, with <c>Last-Event-ID</c>, for what came after an event.</summary>
internal static class StreamRequest
{
    private const string LastEvent = "Last-Event-ID";

    /// <summary>The stream that it asks for, and the number of the last event that the client has; null where it is answered.</summary>
    public static async ValueTask<(EventStream Events, int Seen)?> FindAsync(HttpContext http, Session session)
    {
        if (http.Request.Headers[LastEvent] is { Count: > 0 } last)
        {
            if (EventId.TryParse(last.ToString(), out var id) && session.Streams.Find(id.Stream) is { } known && known.HasAllAfter(id.Event))
            {
                if (!known.IsOver(id))
                {
                    return (known, id.Event);
                }
                // Which tells a client to ask no more (HTML standard, 9.2.3).
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                return null;
            }
            await RpcError.WriteAsync(http, StatusCodes.Status400BadRequest, RpcError.Refused, "Bad Request: Last-Event-ID is unknown, or what came after it is no longer kept");
            return null;
        }
        if (session.Streams.OpenOwn() is { IsRead: false } own)
        {
            return (own, own.Last.Event);
        }
        await RpcError.WriteAsync(http, StatusCodes.Status409Conflict, RpcError.Refused, "Conflict: Only one stream is allowed per session");
        return null;
    }
}
