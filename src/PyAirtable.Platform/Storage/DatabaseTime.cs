namespace PyAirtable.Platform.Storage;

/// <summary>Times as the tables have them: UTC, of unspecified kind, in whole microseconds.</summary>
internal static class DatabaseTime
{
    /// <summary>Now.</summary>
    public static DateTime Now(this TimeProvider clock)
    {
        var ticks = clock.GetUtcNow().Ticks;
        return new DateTime(ticks - (ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
    }

    /// <summary>Whole seconds since 1970, as tokens count, without the fraction.</summary>
    public static long ToUnixSeconds(this DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    /// <summary>The time of a token's <c>exp</c>; the last one there is for those beyond it.</summary>
    public static DateTime FromUnixSeconds(long seconds) =>
        new(DateTime.UnixEpoch.Ticks + (Math.Clamp(seconds, 0, LastSecond) * TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);

    private const long LastSecond = 253_402_300_799;
}
