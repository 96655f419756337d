namespace PyAirtable.Gateway.Upstreams;

/// <summary>How long an upstream may take.</summary>
/// <param name="Connect">To accept a connection, TLS included.</param>
/// <param name="FirstByte">From the request's end to the first byte of its answer.</param>
/// <param name="Silence">Between two pieces of the answer.</param>
/// <param name="Total">From the first attempt to the answer's end; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
public sealed record UpstreamTimeouts(TimeSpan Connect, TimeSpan FirstByte, TimeSpan Silence, TimeSpan Total)
{
    /// <summary>The same for each phase, and none for the whole (gateway contract 1.0).</summary>
    public static UpstreamTimeouts OfEachPhase(TimeSpan time) => new(time, time, time, Timeout.InfiniteTimeSpan);
}
