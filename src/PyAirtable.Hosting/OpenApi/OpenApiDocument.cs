using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.OpenApi;

/// <summary>The OpenAPI documents of the modules, embedded in their executables.</summary>
public static class OpenApiDocument
{
    /// <summary>Opens the document embedded as <c>openapi.json</c> in the assembly of <typeparamref name="TModule"/>.</summary>
    public static Stream Open<TModule>() =>
        typeof(TModule).Assembly.GetManifestResourceStream("openapi.json")
        ?? throw new InvalidOperationException($"{typeof(TModule).Assembly.GetName().Name} has no openapi.json");

    /// <summary>Answers <c>GET /openapi.json</c> with the document of <typeparamref name="TModule"/>.</summary>
    public static async Task GetAsync<TModule>(RequestContext request)
    {
        await using var document = Open<TModule>();
        var response = request.Http.Response;
        response.ContentType = PreparedAnswer.Json;
        response.ContentLength = document.Length;
        await document.CopyToAsync(response.Body, request.Aborted);
    }
}
