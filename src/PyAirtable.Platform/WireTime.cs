using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Platform;

/// <summary>Times as clients see them.</summary>
internal static class WireTime
{
    private const string Whole = "yyyy-MM-dd'T'HH:mm:ss";
    private const int Length = 26;

    /// <summary>Writes a member of a Python route (platform contract 0.1): Python's isoformat, which has six digits of a fraction, or none where
    /// it is zero, and no zone.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTime time)
    {
        Span<char> text = stackalloc char[Length];
        time.TryFormat(text, out var written, time.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMicrosecond ? Whole : Whole + ".ffffff", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..written]);
    }

    /// <summary>Writes a member of a route under <c>/api/v1</c> (platform contract 8.1): RFC 3339 without the zeros at its end, as Go writes it.</summary>
    public static void WriteZoned(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTime time)
    {
        Span<char> text = stackalloc char[Length + 2];
        time.TryFormat(text, out var written, Whole + ".FFFFFFF'Z'", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..written]);
    }
}
