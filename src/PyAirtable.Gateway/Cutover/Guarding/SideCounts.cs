namespace PyAirtable.Gateway.Cutover.Guarding;

/// <summary>How the requests to one side went within the window.</summary>
/// <param name="Requests">Those answered, and those without an answer for too long.</param>
/// <param name="Failed">Of these, those answered 5xx, or not at all.</param>
/// <param name="Slow">Those that took too long.</param>
internal readonly record struct SideCounts(int Requests, int Failed, int Slow)
{
    /// <summary>What is wrong by the limits, for people; null where nothing is.</summary>
    public string? FaultBy(GuardSettings limits) =>
        Requests < limits.MinRequests ? null
        : Exceeds(Failed, limits.ErrorPercent) ? $"{Failed} of {Requests} requests failed, more than {limits.ErrorPercent} %"
        : Exceeds(Slow, limits.SlowPercent) ? $"{Slow} of {Requests} requests took longer than {limits.Latency.TotalMilliseconds:0} ms, more than {limits.SlowPercent} %"
        : null;

    private bool Exceeds(int count, int percent) => percent > 0 && 100L * count > (long)percent * Requests;
}
