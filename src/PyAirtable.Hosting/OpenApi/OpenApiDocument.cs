using System.Text.Json;
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

    /// <summary>Writes one module's document as it is, or several as one JSON object by module name.</summary>
    public static async Task WriteAsync(Stream output, IReadOnlyList<IServiceModule> modules)
    {
        if (modules is [var only])
        {
            await using var document = only.OpenOpenApi();
            await document.CopyToAsync(output);
            return;
        }
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        foreach (var module in modules)
        {
            await using var stream = module.OpenOpenApi();
            using var document = await JsonDocument.ParseAsync(stream);
            writer.WritePropertyName(module.Name);
            document.RootElement.WriteTo(writer);
        }
        writer.WriteEndObject();
    }
}
