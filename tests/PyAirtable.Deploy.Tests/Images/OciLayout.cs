using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyAirtable.Deploy.Tests.Images;

/// <summary>A folder with an image in the Open Container Initiative's image layout.</summary>
internal sealed class OciLayout(string folder)
{
    public const string Gzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string Plain = "application/vnd.oci.image.layer.v1.tar";
    public const string Zstd = "application/vnd.oci.image.layer.v1.tar+zstd";

    /// <summary>Writes an image for each architecture, of the same layers.</summary>
    public static OciLayout Create(string folder, string[] architectures, params (string Type, string Content)[] layers)
    {
        var layout = new OciLayout(folder);
        Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256"));
        var images = architectures.Select(architecture =>
        {
            var config = layout.Add(Encoding.UTF8.GetBytes($$"""{"architecture":"{{architecture}}"}"""), "application/vnd.oci.image.config.v1+json");
            var parts = layers.Select(layer => (JsonNode)layout.Add(Pack(layer.Type, layer.Content), layer.Type)).ToArray();
            var image = layout.AddManifest("application/vnd.oci.image.manifest.v1+json", new() { ["config"] = config, ["layers"] = new JsonArray(parts) });
            image["platform"] = new JsonObject { ["architecture"] = architecture };
            return (JsonNode)image;
        }).ToArray();
        var index = layout.AddManifest("application/vnd.oci.image.index.v1+json", new() { ["manifests"] = new JsonArray(images) });
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Path.Combine(folder, "index.json"), new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(index) }.ToJsonString());
        return layout;
    }

    /// <summary>The images, with what the index says of each.</summary>
    public IReadOnlyList<(JsonElement Descriptor, JsonElement Manifest)> Images =>
    [
        .. from descriptor in Manifest(JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json"))).RootElement.GetProperty("manifests")[0]).GetProperty("manifests").EnumerateArray()
           select (descriptor, Manifest(descriptor)),
    ];

    /// <summary>The file that a descriptor names, once its digest and size are found to be right.</summary>
    public string FileOf(JsonElement descriptor)
    {
        var digest = descriptor.GetProperty("digest").GetString()!;
        var file = Path.Combine(folder, "blobs", "sha256", digest["sha256:".Length..]);
        var content = File.ReadAllBytes(file);
        Assert.Equal(digest, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)));
        Assert.Equal(descriptor.GetProperty("size").GetInt64(), content.Length);
        return file;
    }

    private JsonElement Manifest(JsonElement descriptor) => JsonDocument.Parse(File.ReadAllText(FileOf(descriptor))).RootElement;

    private JsonObject AddManifest(string type, JsonObject manifest)
    {
        manifest["schemaVersion"] = 2;
        manifest["mediaType"] = type;
        return Add(Encoding.UTF8.GetBytes(manifest.ToJsonString()), type);
    }

    private JsonObject Add(byte[] content, string type)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", digest), content);
        return new() { ["mediaType"] = type, ["digest"] = "sha256:" + digest, ["size"] = content.Length };
    }

    private static byte[] Pack(string type, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        if (type != Gzip)
        {
            return bytes;
        }
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }
}
