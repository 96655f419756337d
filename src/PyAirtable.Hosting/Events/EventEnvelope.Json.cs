using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PyAirtable.Hosting.Events;

public sealed partial record EventEnvelope
{
    /// <summary>The envelope as JSON in UTF-8.</summary>
    /// <exception cref="JsonException"><see cref="Data"/> is not one JSON value.</exception>
    public ReadOnlyMemory<byte> ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256 + Data.Length);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, Type);
        json.WriteString("source"u8, Source);
        json.WriteString("time"u8, Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        if (TraceId is not null)
        {
            json.WriteString("trace_id"u8, TraceId);
        }

        json.WritePropertyName("data"u8);
        json.WriteRawValue(Data.Span);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// Reads an envelope. Properties that are not known are skipped; a missing <c>source</c> is empty, missing
    /// <c>data</c> is <c>null</c>, and a time without offset is UTC.
    /// </summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <param name="envelope">The envelope, else null.</param>
    /// <param name="error">What is wrong, without the content; null on success.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out EventEnvelope? envelope,
        [NotNullWhen(false)] out string? error)
    {
        envelope = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                error = "not a JSON object";
            }
            else if (Text(root, "id"u8) is not { Length: > 0 } id)
            {
                error = "no id";
            }
            else if (Text(root, "type"u8) is not { Length: > 0 } type)
            {
                error = "no type";
            }
            else if (!DateTimeOffset.TryParse(Text(root, "time"u8), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                error = "no time in RFC 3339";
            }
            else
            {
                envelope = new EventEnvelope
                {
                    Id = id,
                    Type = type,
                    Source = Text(root, "source"u8) ?? "",
                    Time = time,
                    TraceId = Text(root, "trace_id"u8),
                    Data = root.TryGetProperty("data"u8, out var data) ? JsonMarshal.GetRawUtf8Value(data).ToArray() : "null"u8.ToArray(),
                };
                error = null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with broken UTF-16 escapes.
            error = "not valid JSON";
        }

        return envelope is not null;
    }

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
