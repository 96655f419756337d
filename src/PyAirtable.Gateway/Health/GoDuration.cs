using System.Globalization;

namespace PyAirtable.Gateway.Health;

/// <summary>Lengths of time as Go prints them: <c>1h2m3.5s</c>, <c>12.3ms</c>, <c>0s</c> (https://pkg.go.dev/time#Duration.String).</summary>
internal static class GoDuration
{
    /// <summary>The text of a length that is not negative.</summary>
    public static string Format(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
        {
            return "0s";
        }
        if (time < TimeSpan.FromMicroseconds(1))
        {
            return Number(time.Ticks * 100m) + "ns";
        }
        if (time < TimeSpan.FromMilliseconds(1))
        {
            return Number(time.Ticks / 10m) + "µs";
        }
        if (time < TimeSpan.FromSeconds(1))
        {
            return Number(time.Ticks / 10_000m) + "ms";
        }
        var hours = (long)time.TotalHours;
        var seconds = Number(time.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond) + "s";
        return hours > 0 ? $"{hours}h{time.Minutes}m{seconds}" : time.Minutes > 0 ? $"{time.Minutes}m{seconds}" : seconds;
    }

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
