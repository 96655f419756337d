using System.Buffers;
using System.Text;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Ingestion;

/// <summary>Objects of any members as they are stored and sent again: without blanks, escaped only where JSON demands it.</summary>
internal static class CompactJson
{
    private const int LargestKept = 16 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The text of an object; the empty object for null.</summary>
    public static string Of(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Object } present)
        {
            return "{}";
        }

        var buffer = _buffer ??= new ArrayBufferWriter<byte>(512);
        var writer = _writer ??= new Utf8JsonWriter(buffer, JsonAnswer.Compact);
        present.WriteTo(writer);
        writer.Flush();
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        if (buffer.Capacity > LargestKept)
        {
            (_buffer, _writer) = (null, null);
        }
        else
        {
            buffer.ResetWrittenCount();
            writer.Reset();
        }

        return text;
    }
}
