using System.Globalization;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>Timestamps on the WebSocket: UTC without a zone, microseconds, no fraction where it is zero (gateway contract 2.4 and D30).</summary>
internal static class WireTimestamp
{
    /// <summary>The text of a time.</summary>
    public static string Of(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return utc.ToString(utc.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMicrosecond ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
    }
}
