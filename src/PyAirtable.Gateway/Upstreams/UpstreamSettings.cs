using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>How the gateway treats upstreams that are slow, busy or ill. The same for all; each upstream counts for itself.</summary>
public sealed record UpstreamSettings
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>How long a connection may take; zero for the time of <c>PROXY_TIMEOUT_SECONDS</c>. 0 to 1 hour, default 0.</summary>
    public TimeSpan ConnectTimeout { get; init; }

    /// <summary>How long a whole call may take; zero for no limit. 0 to 24 hours, default 0.</summary>
    public TimeSpan TotalTimeout { get; init; }

    /// <summary>Calls, and so connections, that an upstream has at once. 1 to 100,000, default 1024.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>Calls that wait for one of these to end. 0 to 100,000, default 8192.</summary>
    public int MaxWaiting { get; init; } = 8192;

    /// <summary>How long each of them waits at most. 10 ms to 5 minutes, default 5 s.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Percentage of failed calls at which the circuit opens. 1 to 100, default 50.</summary>
    public int BreakerPercent { get; init; } = 50;

    /// <summary>Calls in the window without which it does not open. 2 to 1,000,000, default 20.</summary>
    public int BreakerMinCalls { get; init; } = 20;

    /// <summary>The time over which calls are counted. 1 s to 10 minutes, default 10 s.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open circuit refuses before it lets one call try. 1 s to 1 hour, default 5 s.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Failures in a row after which one of several addresses is left out; 0 for never. 0 to 1,000, default 5.</summary>
    public int EjectionFailures { get; init; } = 5;

    /// <summary>How long it is left out the first time; each further time in a row adds as much again, up to 5 minutes. 1 s to 5 minutes, default 10 s.</summary>
    public TimeSpan EjectionTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Retries as a percentage of the calls of the last 10 s. 0 to 100, default 20.</summary>
    public int RetryPercent { get; init; } = 20;

    /// <summary>Retries per second that are allowed on top of it. 0 to 10,000, default 10.</summary>
    public int RetryMinPerSecond { get; init; } = 10;

    /// <summary>How often a name in use is looked up again. 1 s to 1 hour, default 5 s.</summary>
    public TimeSpan LookUpInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads them.</summary>
    public static UpstreamSettings Read(SettingsReader settings)
    {
        var none = new UpstreamSettings();
        return new UpstreamSettings
        {
            ConnectTimeout = settings.Duration("UPSTREAM_CONNECT_TIMEOUT", "0s", TimeSpan.Zero, TimeSpan.FromHours(1), "How long a connection to an upstream may take; 0 for PROXY_TIMEOUT_SECONDS."),
            TotalTimeout = settings.Duration("UPSTREAM_TOTAL_TIMEOUT", "0s", TimeSpan.Zero, TimeSpan.FromHours(24), "How long a whole call may take, its answer's body included; 0 for no limit."),
            MaxConnections = settings.Number("UPSTREAM_MAX_CONNECTIONS", none.MaxConnections, 1, 100_000, "Calls that one upstream gets at once."),
            MaxWaiting = settings.Number("UPSTREAM_MAX_WAITING", none.MaxWaiting, 0, 100_000, "Calls that wait for one of these to end; more are answered 503."),
            MaxWait = settings.Duration("UPSTREAM_MAX_WAIT", "5s", TimeSpan.FromMilliseconds(10), 5 * Minute, "How long each of them waits before it is answered 503."),
            BreakerPercent = settings.Number("CIRCUIT_BREAKER_PERCENT", none.BreakerPercent, 1, 100, "Percentage of calls that could not connect, timed out or were answered 502, 503 or 504, at which an upstream is no longer called."),
            BreakerMinCalls = settings.Number("CIRCUIT_BREAKER_MIN_CALLS", none.BreakerMinCalls, 2, 1_000_000, "Calls within CIRCUIT_BREAKER_WINDOW without which that does not happen."),
            BreakerWindow = settings.Duration("CIRCUIT_BREAKER_WINDOW", "10s", Second, 10 * Minute, "The time over which they are counted."),
            BreakerPause = settings.Duration("CIRCUIT_BREAKER_PAUSE", "5s", Second, 60 * Minute, "How long the upstream is not called then, before one call tries."),
            EjectionFailures = settings.Number("UPSTREAM_EJECTION_FAILURES", none.EjectionFailures, 0, 1000, "Failures in a row after which one of an upstream's several addresses is left out; 0 for never."),
            EjectionTime = settings.Duration("UPSTREAM_EJECTION_TIME", "10s", Second, 5 * Minute, "How long it is left out the first time; longer each further time."),
            RetryPercent = settings.Number("UPSTREAM_RETRY_PERCENT", none.RetryPercent, 0, 100, "Retries as a percentage of the calls of the last 10 seconds."),
            RetryMinPerSecond = settings.Number("UPSTREAM_RETRY_MIN_PER_SECOND", none.RetryMinPerSecond, 0, 10_000, "Retries per second that are allowed on top of it."),
            LookUpInterval = settings.Duration("UPSTREAM_DNS_INTERVAL", "5s", Second, 60 * Minute, "How often an upstream's name is looked up again while it is in use."),
        };
    }

    /// <summary>The timeouts of calls, where each phase that has none of its own may take <paramref name="phase"/>.</summary>
    public UpstreamTimeouts Timeouts(TimeSpan phase) => UpstreamTimeouts.OfEachPhase(phase) with
    {
        Connect = ConnectTimeout == TimeSpan.Zero ? phase : ConnectTimeout,
        Total = TotalTimeout == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : TotalTimeout,
    };
}
