using System.Globalization;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>Timestamps on the WebSocket: UTC without a zone, microseconds, no fraction where it is zero (gateway contract 2.4 and D30).</summary>
internal static class WireTimestamp
{
    /// <summary>Bytes of the longest.</summary>
    public const int MaxLength = 26;

    /// <summary>The text of a time.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(FormatOf(time), CultureInfo.InvariantCulture);

    /// <summary>Writes the text of a time; the bytes written.</summary>
    public static int Write(Span<byte> utf8, DateTimeOffset time)
    {
        time.UtcDateTime.TryFormat(utf8, out var written, FormatOf(time), CultureInfo.InvariantCulture);
        return written;
    }

    private static string FormatOf(DateTimeOffset time) =>
        time.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMicrosecond ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff";
}
