using System.Text.Json;
using System.Text.Json.Nodes;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Documentation;

/// <summary>The OpenAPI document of the whole product: the gateway's own, with those of the services behind its prefixes merged in.</summary>
internal static class ProductDocument
{
    /// <summary>Merges the documents; takes a few milliseconds.</summary>
    /// <param name="indented">Whether the JSON is laid out for people.</param>
    public static byte[] Merge(bool indented = false)
    {
        var product = Load("openapi.json");
        new ServiceDocument("Platform", "/api/platform", Load("platform.openapi.json")).MoveTo(product);
        new ServiceDocument("Automation", "/api/automation", Load("automation.openapi.json")).MoveTo(product);
        new ServiceDocument("MCP", "/api/mcp", Load("mcp.openapi.json")).MoveTo(product);

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonAnswer.Compact with { Indented = indented }))
        {
            product.WriteTo(json);
        }
        return bytes.ToArray();
    }

    private static JsonObject Load(string name)
    {
        using var document = EmbeddedFile.Open(name);
        return JsonNode.Parse(document)!.AsObject();
    }
}
