namespace PyAirtable.Hosting.RateLimiting;

/// <summary>
/// A token bucket's shape: a burst of <paramref name="Burst"/> requests passes at once, after that a steady
/// <paramref name="RequestsPerMinute"/>/60 a second. Over any one minute at most the sum of both passes.
/// </summary>
/// <param name="RequestsPerMinute">Tokens that come back in a minute, 1 to 60,000,000.</param>
/// <param name="Burst">Capacity of the bucket in tokens, 1 to 60,000,000.</param>
public sealed record RateLimitOptions(int RequestsPerMinute, int Burst)
{
    /// <summary>Tokens that come back in a minute, 1 to 60,000,000.</summary>
    public int RequestsPerMinute { get; } = InRange(RequestsPerMinute, 60_000_000, nameof(RequestsPerMinute));

    /// <summary>Capacity of the bucket in tokens, 1 to 60,000,000.</summary>
    public int Burst { get; } = InRange(Burst, 60_000_000, nameof(Burst));

    /// <summary>Time in which one token comes back, never zero.</summary>
    internal TimeSpan Interval => TimeSpan.FromTicks((TimeSpan.TicksPerMinute + RequestsPerMinute - 1) / RequestsPerMinute);

    private static int InRange(int value, int max, string name) => value >= 1 && value <= max
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"1 to {max}");
}
