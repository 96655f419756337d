using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Rollups;

/// <summary>The ten minutes, and the days, that rows are summed up by.</summary>
internal static class Buckets
{
    /// <summary>Length of a bucket. Short enough that the rows of one can be read for each answer, long enough that a day has few.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>The first bucket that starts at the time or after it.</summary>
    public static DateTime Ceiling(DateTime time)
    {
        var over = time.Ticks % Length.Ticks;
        return over == 0 ? time : time.AddTicks(Length.Ticks - over);
    }

    /// <summary>The first day that starts at the time or after it.</summary>
    public static DateTime DayCeiling(DateTime time) => time.TimeOfDay == TimeSpan.Zero ? time : time.Date.AddDays(1);

    /// <summary>SQL for the day of the column <c>timestamp</c>.</summary>
    public static string DayExpression(DatabaseEngine engine) => engine == DatabaseEngine.Sqlite
        ? "substr(timestamp, 1, 10) || ' 00:00:00.000000'"
        : "date_trunc('day', timestamp)";

    /// <summary>SQL for the bucket of the column <c>timestamp</c>. SQLite's times are text, whose first 15 characters go as far as the tens of minutes.</summary>
    public static string Expression(DatabaseEngine engine) => engine == DatabaseEngine.Sqlite
        ? "substr(timestamp, 1, 15) || '0:00.000000'"
        : "date_bin('10 minutes', timestamp, TIMESTAMP '2000-01-01')";
}
