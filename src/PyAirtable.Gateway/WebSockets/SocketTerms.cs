namespace PyAirtable.Gateway.WebSockets;

/// <summary>What all connections share.</summary>
/// <param name="Settings">Limits and times.</param>
/// <param name="Counters">What is counted.</param>
/// <param name="Clock">The clock.</param>
internal sealed record SocketTerms(WebSocketSettings Settings, SocketCounters Counters, TimeProvider Clock)
{
    /// <summary>The rate limit's window in units of <see cref="Now"/>.</summary>
    public long Window { get; } = (long)(Settings.RateWindow.TotalSeconds * Clock.TimestampFrequency);

    /// <summary>The clock's timestamp.</summary>
    public long Now => Clock.GetTimestamp();

    /// <summary>Whether at least a time has passed since a timestamp.</summary>
    public bool HasPassed(TimeSpan time, long since) => Clock.GetElapsedTime(since) >= time;
}
