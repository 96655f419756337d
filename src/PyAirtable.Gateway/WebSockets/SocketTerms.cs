namespace PyAirtable.Gateway.WebSockets;

/// <summary>What all connections share.</summary>
/// <param name="settings">Limits and times.</param>
/// <param name="counters">What is counted.</param>
/// <param name="clock">The clock.</param>
internal sealed class SocketTerms(WebSocketSettings settings, SocketCounters counters, TimeProvider clock)
{
    private volatile WebSocketSettings _settings = settings;

    /// <summary>Limits and times; others may be set while connections are open, and hold for these too.</summary>
    public WebSocketSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>What is counted.</summary>
    public SocketCounters Counters => counters;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The rate limit's window in units of <see cref="Now"/>.</summary>
    public long Window => (long)(Settings.RateWindow.TotalSeconds * clock.TimestampFrequency);

    /// <summary>The clock's timestamp.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>Whether at least a time has passed since a timestamp.</summary>
    public bool HasPassed(TimeSpan time, long since) => clock.GetElapsedTime(since) >= time;
}
