using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Automation.Replies;

/// <summary>Times as clients see them: UTC, whole microseconds, offset <c>+00:00</c> (automation contract 1.1).</summary>
internal static class WireTime
{
    /// <summary>Now, cut to microseconds before it is stored, so that a record reads the same in every reply.</summary>
    public static DateTime Now(TimeProvider clock) => Cut(clock.GetUtcNow().UtcDateTime);

    /// <summary>The time without what is below a microsecond.</summary>
    public static DateTime Cut(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    /// <summary>The time as text; the fraction is left out when it is 0.</summary>
    public static string Text(DateTime time) => time.ToString(
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'",
        CultureInfo.InvariantCulture);

    /// <summary>Writes a member; null when unset.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTime? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, Text(value));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
