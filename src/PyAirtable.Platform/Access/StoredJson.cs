using System.Buffers;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Access;

/// <summary>JSON as a column has it, written as clients see it: compact, and only escaped where JSON demands it (platform contract 0.1).</summary>
internal static class StoredJson
{
    /// <summary>Writes it as a value. What the Python service stored has blanks and escapes.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string stored)
    {
        json.WritePropertyName(name);
        if (stored == "{}" || Compact(stored) is not { } compact)
        {
            json.WriteRawValue(stored, skipInputValidation: true);
        }
        else
        {
            json.WriteRawValue(compact.WrittenSpan, skipInputValidation: true);
        }
    }

    // Null where it is JSON to the database but not to the reader: half a surrogate pair, or nested very deeply.
    private static ArrayBufferWriter<byte>? Compact(string stored)
    {
        var buffer = new ArrayBufferWriter<byte>(stored.Length);
        try
        {
            using var document = JsonDocument.Parse(stored);
            using var json = new Utf8JsonWriter(buffer, JsonAnswer.Compact);
            document.RootElement.WriteTo(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }

        return buffer;
    }
}
