namespace PyAirtable.Bench.Peers;

/// <summary>One measured run of one peer.</summary>
/// <param name="Peer">Which peer.</param>
/// <param name="Case">Which load.</param>
/// <param name="Round">Which round, from 1.</param>
/// <param name="Load">What the clients saw.</param>
/// <param name="CpuMicroseconds">User and system time of the peer's processes in the run.</param>
/// <param name="ResidentMegabytes">Resident memory right after the run, in MB of 2^20 bytes.</param>
/// <param name="Opened">Connections that were opened to the upstream in the run.</param>
internal sealed record Sample(string Peer, Case Case, int Round, Load Load, double CpuMicroseconds, double ResidentMegabytes, long Opened)
{
    /// <summary>Answers a second.</summary>
    public double RequestsPerSecond => Load.Requests / Load.Seconds;

    /// <summary>CPU time of one request, in microseconds.</summary>
    public double CpuPerRequest => CpuMicroseconds / Load.Requests;

    /// <summary>Share of its core that the peer used, from 0 to 1.</summary>
    public double Busy => CpuMicroseconds / 1e6 / Load.Seconds;

    /// <summary>Whether it counts: nothing failed, and connections to the upstream were kept alive (the load generator's end cuts requests under way, so one per client may be new).</summary>
    public bool IsValid => Load is { Errors: 0, Requests: > 0 } && Opened <= Case.Connections + Load.Requests / 100;
}
