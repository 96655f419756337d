using System.IO.Compression;

namespace PyAirtable.Gateway.Documentation;

/// <summary>The files of the documentation, embedded in the executable by gzip.</summary>
internal static class EmbeddedFile
{
    /// <summary>Opens a file by its name.</summary>
    public static Stream Open(string name) => new GZipStream(
        typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded"),
        CompressionMode.Decompress);

    /// <summary>Reads files, one after the other.</summary>
    public static string ReadAll(params ReadOnlySpan<string> names)
    {
        var text = "";
        foreach (var name in names)
        {
            using var reader = new StreamReader(Open(name));
            text += reader.ReadToEnd();
        }
        return text;
    }
}
