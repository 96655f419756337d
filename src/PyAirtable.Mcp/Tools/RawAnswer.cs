using Microsoft.AspNetCore.Http;

namespace PyAirtable.Mcp.Tools;

/// <summary>Answers that are put together of bytes that are there already.</summary>
internal static class RawAnswer
{
    /// <summary>Sends them, one after the other, with status 200. The server has copied them when this returns, sent or not.</summary>
    public static Task WriteAsync(HttpContext http, string contentType, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Length;
        }
        http.Response.ContentType = contentType;
        http.Response.ContentLength = length;
        var body = http.Response.BodyWriter;
        var room = body.GetSpan(length);
        foreach (var part in parts)
        {
            part.Span.CopyTo(room);
            room = room[part.Length..];
        }
        body.Advance(length);
        var sent = body.FlushAsync(http.RequestAborted);
        return sent.IsCompletedSuccessfully ? Task.CompletedTask : sent.AsTask();
    }
}
