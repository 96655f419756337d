using System.Diagnostics;

namespace PyAirtable.Load.Loop;

/// <summary>The time of the generator: nanoseconds of the monotonic clock, which is what .NET counts on Linux.</summary>
internal static class LoadClock
{
    /// <summary>Nanoseconds of a second.</summary>
    public const long Second = 1_000_000_000;

    /// <summary>Nanoseconds of a millisecond.</summary>
    public const long Millisecond = 1_000_000;

    /// <summary>Now.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>A span in nanoseconds.</summary>
    public static long Nanoseconds(TimeSpan span) => span.Ticks * 100;
}
