using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Relaying;

/// <summary>
/// JSON that is parsed and written again, as the Python gateway does with all bodies: compact, keys in order, of a repeated key
/// the last value at the place of the first, nothing escaped that need not be. Numbers stay as they are written, so none loses a
/// digit.
/// </summary>
internal static class PassThroughJson
{
    /// <summary>Arrays and objects that may stand inside each other.</summary>
    public const int MaxDepth = 512;

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxDepth };

    /// <summary>Writes <paramref name="text"/> again; false where it is no JSON, or holds half a surrogate pair or <c>NaN</c>.</summary>
    /// <param name="text">UTF-8, a byte order mark allowed.</param>
    /// <param name="json">The compact form; a part of <paramref name="text"/> where that is compact already, as most are.</param>
    public static bool TryRewrite(ReadOnlyMemory<byte> text, out ReadOnlyMemory<byte> json)
    {
        var bare = text.Span.StartsWith("\ufeff"u8) ? text[3..] : text;
        // The parser does not look into strings.
        if (Utf8.IsValid(bare.Span))
        {
            try
            {
                json = JsonCompaction.TryRun(bare, out var compact) ? compact : TakeApart(bare);
                return true;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
            {
                // The others come of escapes that are no Unicode.
            }
        }
        json = default;
        return false;
    }

    private static ReadOnlyMemory<byte> TakeApart(ReadOnlyMemory<byte> text)
    {
        var output = new ArrayBufferWriter<byte>(text.Length);
        using var document = JsonDocument.Parse(text, Lenient);
        using var writer = new Utf8JsonWriter(output, JsonAnswer.Compact);
        WriteDistinct(document.RootElement, writer);
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void WriteDistinct(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    WriteDistinct(member, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteDistinct(item, writer);
                }
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
