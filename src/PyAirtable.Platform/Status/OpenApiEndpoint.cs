using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Status;

/// <summary><c>GET /openapi.json</c>.</summary>
internal static class OpenApiEndpoint
{
    /// <summary>Answers with the document.</summary>
    public static async Task GetAsync(RequestContext request)
    {
        await using var document = OpenApiDocument.Open<PlatformModule>();
        var response = request.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = PreparedAnswer.Json;
        response.ContentLength = document.Length;
        await document.CopyToAsync(response.Body, request.Aborted);
    }
}
