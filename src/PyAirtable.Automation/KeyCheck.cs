using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation;

/// <summary>With an API key set, every route but the open ones wants it (automation contract, D25).</summary>
internal static class KeyCheck
{
    private static readonly PreparedAnswer Missing = DetailError.Prepare(StatusCodes.Status401Unauthorized, "API key required");
    private static readonly PreparedAnswer Wrong = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid API key");

    /// <summary>The check around <paramref name="next"/>; nothing where there are no keys.</summary>
    public static RequestHandler Wrap(ApiKeys keys, RequestHandler next) => request =>
        keys.IsEmpty || IsOpen(request.Http.Request.Path) ? next(request) : keys.Check(request.Http.Request) switch
        {
            ApiKeyCheck.Right => next(request),
            ApiKeyCheck.Missing => Missing.WriteAsync(request.Http),
            _ => Wrong.WriteAsync(request.Http),
        };

    private static bool IsOpen(PathString path) => path.Value is "/" or "/health" or "/docs" or "/openapi.json";
}
