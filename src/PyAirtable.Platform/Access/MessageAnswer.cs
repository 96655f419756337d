using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Access;

/// <summary>The answer of routes that have nothing to tell but that it is done: 200 <c>{"message":"…"}</c>.</summary>
internal static class MessageAnswer
{
    /// <summary>Writes it.</summary>
    public static Task WriteAsync(RequestContext request, string message) =>
        JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, message, static (json, text) => json.WriteString("message"u8, text));
}
