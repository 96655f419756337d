using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Platform.Metrics;

/// <summary>A metric as clients see it (platform contract 1.2).</summary>
internal static class MetricJson
{
    // Sign, 17 digits, point, exponent, and the ".0" of a whole number.
    private const int LongestNumber = 32;

    /// <summary>Writes the members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Metric stored)
    {
        json.WriteNumber("id"u8, stored.Id);
        json.WriteString("metric_name"u8, stored.Name);
        WriteValue(json, stored.Value);
        json.WriteString("metric_type"u8, stored.Type);
        json.WriteUserId(stored.UserId);
        json.WriteString("service_name"u8, stored.ServiceName);
        json.WriteString("endpoint"u8, stored.Endpoint);
        json.WritePropertyName("labels"u8);
        json.WriteRawValue(stored.Labels, skipInputValidation: true);
        WireTime.Write(json, "timestamp"u8, stored.Timestamp);
    }

    // A float keeps its point even when it is whole (platform contract 0.1).
    private static void WriteValue(Utf8JsonWriter json, double value)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        if (!text[..length].ContainsAny((byte)'.', (byte)'E'))
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        json.WritePropertyName("metric_value"u8);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
