using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Landing;

/// <summary><c>/openapi.json</c>: the description of the routes (gateway contract 1.10).</summary>
internal static class OpenApiPage
{
    /// <summary>Answers.</summary>
    public static async Task GetAsync(RequestContext request)
    {
        var response = request.Http.Response;
        await using var document = OpenApiDocument.Open<GatewayModule>();
        response.ContentType = PreparedAnswer.Json;
        response.ContentLength = document.Length;
        await document.CopyToAsync(response.Body, request.Aborted);
    }
}
