using System.Text;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Errors;

/// <summary>Answers in plain text, where the contracts have no JSON.</summary>
public static class PlainText
{
    private static readonly PreparedAnswer Failed = Prepare(StatusCodes.Status500InternalServerError, "Internal Server Error");

    /// <summary>A text answer that never changes, to be kept in a static field and sent often.</summary>
    public static PreparedAnswer Prepare(int status, string text) => new(status, PreparedAnswer.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>Answers an unhandled failure: 500 <c>Internal Server Error</c>, never the failure's own text.</summary>
    public static Task WriteInternalServerErrorAsync(HttpContext http) => Failed.WriteAsync(http);
}
