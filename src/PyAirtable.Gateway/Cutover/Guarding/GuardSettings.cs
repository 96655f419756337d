using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Cutover.Guarding;

/// <summary>When the native side of a group is given up.</summary>
/// <param name="ErrorPercent">Percentage of its requests answered 5xx, or not at all, beyond which it is. 0 for never; default 5.</param>
/// <param name="SlowPercent">Percentage of its requests beyond which it is that took longer than <paramref name="Latency"/>. 0 for never; default 20.</param>
/// <param name="Latency">Time to the first byte of an answer. 10 ms to 5 minutes, default 5 s.</param>
/// <param name="Window">The time over which requests are counted. 1 s to 10 minutes, default 10 s.</param>
/// <param name="MinRequests">Requests without which nothing happens. 1 to 1,000,000, default 20.</param>
public sealed record GuardSettings(int ErrorPercent, int SlowPercent, TimeSpan Latency, TimeSpan Window, int MinRequests)
{
    /// <summary>Reads them.</summary>
    public static GuardSettings Read(SettingsReader settings) => new(
        settings.Number("CUTOVER_GUARD_ERROR_PERCENT", 5, 0, 100, "Percentage of the native side's requests answered 5xx, or not at all, beyond which its weight goes to 0 by itself; 0 for never."),
        settings.Number("CUTOVER_GUARD_SLOW_PERCENT", 20, 0, 100, "Percentage of them beyond which it does so that took longer than CUTOVER_GUARD_LATENCY; 0 for never."),
        settings.Duration("CUTOVER_GUARD_LATENCY", "5s", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5), "Time to the first byte of an answer that counts as slow."),
        settings.Duration("CUTOVER_GUARD_WINDOW", "10s", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "The time over which they are counted."),
        settings.Number("CUTOVER_GUARD_MIN_REQUESTS", 20, 1, 1_000_000, "Requests within it without which that does not happen."));
}
