using System.Globalization;

namespace PyAirtable.Platform.Access;

/// <summary>Times of the Python service: UTC without a zone, in whole microseconds (platform contract 0.1).</summary>
internal static class NaiveTime
{
    private const string Whole = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Now, cut to microseconds, as the databases store it.</summary>
    public static DateTime Now(TimeProvider clock)
    {
        var now = clock.GetUtcNow().Ticks;
        return new DateTime(now - (now % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
    }

    /// <summary>Python's isoformat: six digits of a fraction, or none where it is zero.</summary>
    public static string Text(DateTime time) =>
        time.ToString(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond == 0 ? Whole : Whole + ".ffffff", CultureInfo.InvariantCulture);

    /// <summary>The same with <c>Z</c>, as routes below <c>/api/v1</c> have it.</summary>
    public static string ZonedText(DateTime time) => Text(time) + "Z";
}
