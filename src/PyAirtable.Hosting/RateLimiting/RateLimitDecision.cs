namespace PyAirtable.Hosting.RateLimiting;

/// <summary>What the limiter says to one request, with what the answer's headers tell.</summary>
/// <param name="Allowed">Whether the request passes; it has then used one token.</param>
/// <param name="Limit">Capacity of the bucket.</param>
/// <param name="Remaining">Whole tokens left.</param>
/// <param name="RetryAfter">Time until one token is there; zero when there is one.</param>
/// <param name="ResetAfter">Time until the bucket is full.</param>
public readonly record struct RateLimitDecision(bool Allowed, int Limit, int Remaining, TimeSpan RetryAfter, TimeSpan ResetAfter)
{
    /// <summary>Decision from a bucket's debt: the time it needs, after this request, to be full again.</summary>
    internal static RateLimitDecision FromDebt(bool allowed, TimeSpan debt, RateLimitOptions options)
    {
        var interval = options.Interval.Ticks;
        var room = Math.Max((interval * options.Burst) - debt.Ticks, 0);
        var next = debt.Ticks + interval - (interval * options.Burst);
        return new RateLimitDecision(
            allowed,
            options.Burst,
            (int)(room / interval),
            TimeSpan.FromTicks(Math.Max(next, 0)),
            debt);
    }
}
