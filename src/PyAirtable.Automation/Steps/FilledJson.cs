using System.Buffers;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Steps;

/// <summary>JSON in which every text, at any depth, has its <c>{key}</c> replaced; names of members stay as they are.</summary>
internal static class FilledJson
{
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The value filled in, compact.</summary>
    /// <exception cref="StepFailedException">It becomes too long.</exception>
    public static byte[] Of(JsonElement value, StepContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Compact))
        {
            Write(json, value, context);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, StepContext context)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value, context);
                }
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item, context);
                }
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(context.Fill(value.GetString()!));
                break;
            default:
                value.WriteTo(json);
                break;
        }
        if (json.BytesCommitted + json.BytesPending > MaxBytes)
        {
            throw new StepFailedException($"a value is longer than {MaxBytes} bytes");
        }
    }
}
