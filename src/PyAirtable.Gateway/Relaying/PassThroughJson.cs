using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using PyAirtable.Gateway.Families;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Relaying;

/// <summary>
/// JSON that is parsed and written again, as the Python gateway does with all bodies: compact, keys in order, of a repeated key
/// the last value at the place of the first. Numbers stay as they are written, so none loses a digit.
/// </summary>
internal static class PassThroughJson
{
    private const int MaxDepth = 512;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxDepth };

    /// <summary>Writes <paramref name="text"/> again; false where it is no JSON, or holds half a surrogate pair or <c>NaN</c>.</summary>
    /// <param name="text">UTF-8, a byte order mark allowed.</param>
    /// <param name="json">The compact form.</param>
    public static bool TryRewrite(ReadOnlyMemory<byte> text, out ReadOnlyMemory<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(text.Length, 16));
        var bare = text.Span.StartsWith("\ufeff"u8) ? text[3..] : text;
        if (!Utf8.IsValid(bare.Span))
        {
            // The parser does not look into strings.
            json = default;
            return false;
        }

        // Repeated keys are rare, and finding them while parsing is cheap: only texts that have some are taken apart.
        var written = TryWrite(bare, Strict, static (root, writer) => root.WriteTo(writer), output);
        if (!written)
        {
            output.ResetWrittenCount();
            written = TryWrite(bare, Lenient, WriteDistinct, output);
        }
        json = output.WrittenMemory;
        return written;
    }

    private static bool TryWrite(ReadOnlyMemory<byte> text, JsonDocumentOptions options, Action<JsonElement, Utf8JsonWriter> write, ArrayBufferWriter<byte> output)
    {
        try
        {
            using var document = JsonDocument.Parse(text, options);
            using var writer = new Utf8JsonWriter(output, JsonAnswer.Compact);
            write(document.RootElement, writer);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The others come of escapes that are no Unicode.
            return false;
        }
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
