namespace PyAirtable.Load.Statistics;

/// <summary>One interval of a run.</summary>
/// <param name="Second">Its end, in seconds from the beginning.</param>
/// <param name="Planned">Iterations a second that were due; NaN for closed load.</param>
/// <param name="PerSecond">Steps a second that went well.</param>
/// <param name="FailedPerSecond">Steps a second that failed.</param>
/// <param name="P50">Median time in milliseconds.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="InFlight">Iterations under way at its end.</param>
/// <param name="GeneratorCores">Processor time of the generator by time.</param>
/// <param name="ServerCores">That of the servers; NaN where they run elsewhere.</param>
/// <param name="UpstreamCores">That of the stand-in for the upstreams.</param>
/// <param name="ServerMegabytes">Memory of the servers, in MB of 2^20 bytes.</param>
internal sealed record Sample(
    double Second, double Planned, double PerSecond, double FailedPerSecond, double P50, double P95, double P99, int InFlight,
    double GeneratorCores, double ServerCores, double UpstreamCores, double ServerMegabytes);
