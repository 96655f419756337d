namespace PyAirtable.Load.Statistics;

/// <summary>What the processes of a run took, from /proc; NaN for servers that run elsewhere.</summary>
/// <param name="GeneratorSeconds">Processor seconds of the generator.</param>
/// <param name="ServerSeconds">Processor seconds of the servers, the database with them.</param>
/// <param name="UpstreamSeconds">Processor seconds of the stand-in for the upstreams.</param>
/// <param name="GeneratorMegabytes">Memory of the generator at the end, in MB of 2^20 bytes.</param>
/// <param name="PeakMegabytes">Highest memory of the servers, the database with them.</param>
internal sealed record ResourceUsage(double GeneratorSeconds, double ServerSeconds, double UpstreamSeconds, double GeneratorMegabytes, double PeakMegabytes)
{
    /// <summary>What each service took; empty for servers that run elsewhere.</summary>
    public IReadOnlyList<ServiceUsage> Services { get; init; } = [];
}
