using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Errors;

/// <summary>Error bodies of the Python contract family: <c>{"detail":"…"}</c>.</summary>
public static class DetailError
{
    /// <summary>An error whose text never changes, to be kept in a static field and sent often.</summary>
    public static PreparedAnswer Prepare(int status, string detail) =>
        new(status, PreparedAnswer.Json, ErrorJson.Build(detail, static (json, text) => json.WriteString("detail"u8, text)));

    /// <summary>Answers with <paramref name="status"/> and <paramref name="detail"/>.</summary>
    public static Task WriteAsync(HttpContext http, int status, string detail) => Prepare(status, detail).WriteAsync(http);
}
