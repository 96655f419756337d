using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Errors;

/// <summary>Error bodies of the Go contract family, in their short and their long form.</summary>
public static class GoError
{
    /// <summary>A short error whose text never changes, to be kept in a static field and sent often.</summary>
    public static PreparedAnswer Prepare(int status, string error) =>
        new(status, PreparedAnswer.Json, ErrorJson.Build(error, static (json, text) => json.WriteString("error"u8, text)));

    /// <summary>Answers <c>{"error":"…"}</c>, as handlers and middleware do.</summary>
    public static Task WriteAsync(HttpContext http, int status, string error) => Prepare(status, error).WriteAsync(http);

    /// <summary>
    /// Answers <c>{"error","method","path","timestamp"}</c>, as unmatched routes, limits, panics and failed proxying do.
    /// </summary>
    /// <param name="http">The exchange to answer.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="error">Text for the client.</param>
    /// <param name="path">Path of the request without its query.</param>
    /// <param name="time">Clock of the timestamp (UTC, RFC 3339, seven fraction digits).</param>
    public static Task WriteLongAsync(HttpContext http, int status, string error, string path, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        var body = ErrorJson.Build((error, http.Request.Method, path, now), static (json, value) =>
        {
            json.WriteString("error"u8, value.error);
            json.WriteString("method"u8, value.Method);
            json.WriteString("path"u8, value.path);
            json.WriteString("timestamp"u8, value.now);
        });
        return new PreparedAnswer(status, PreparedAnswer.Json, body).WriteAsync(http);
    }
}
