using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Mcp.Tools;

/// <summary>JSON that is written here and then read, or sent.</summary>
internal static class BuiltJson
{
    private const int FirstBytes = 1024;

    /// <summary>One object, whose members <paramref name="write"/> adds.</summary>
    public static PooledBytes Pooled(Action<Utf8JsonWriter> write)
    {
        var bytes = new PooledBytes(FirstBytes);
        using var json = new Utf8JsonWriter(bytes, JsonAnswer.Compact);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return bytes;
    }

    /// <summary>As <see cref="Pooled"/>, in an array of its own.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        using var bytes = Pooled(write);
        return bytes.Span.ToArray();
    }

    /// <summary>A value as it was written where it was read.</summary>
    public static PooledBytes Copy(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var bytes = new PooledBytes(raw.Length);
        bytes.Write(raw);
        return bytes;
    }

    /// <summary>Adds a value as it was written where it was read.</summary>
    public static void WriteAsIs(Utf8JsonWriter json, JsonElement value) => json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>A member's text; null where it is absent, or no text.</summary>
    public static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Items of a member; none where it is absent, or no array.</summary>
    public static JsonElement.ArrayEnumerator Items(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;
}
