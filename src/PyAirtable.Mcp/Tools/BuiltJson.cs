using System.Buffers;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Mcp.Tools;

/// <summary>JSON that is written here and then read, or sent.</summary>
internal static class BuiltJson
{
    /// <summary>One object, whose members <paramref name="write"/> adds.</summary>
    public static JsonElement Object(Action<Utf8JsonWriter> write) => JsonElement.Parse(Bytes(write));

    /// <summary>As <see cref="Object"/>, as bytes.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(bytes, JsonAnswer.Compact);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A member's text; null where it is absent, or no text.</summary>
    public static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Items of a member; none where it is absent, or no array.</summary>
    public static JsonElement.ArrayEnumerator Items(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;
}
