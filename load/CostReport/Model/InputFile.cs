using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PyAirtable.Cost.Model;

/// <summary>A file of JSON that is read.</summary>
internal static class InputFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="InputException">It is missing or malformed; the message says which it is and where.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, type) ?? throw new InputException($"{path} is null");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{path}: {error.Message}");
        }
    }
}
