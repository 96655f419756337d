namespace PyAirtable.Load.Statistics;

/// <summary>What one service has taken so far, or took in a run.</summary>
/// <param name="Name"><c>gateway</c>, <c>platform</c>, <c>automation</c> or <c>all-in-one</c>.</param>
/// <param name="CpuSeconds">Its processor seconds, without the database's.</param>
/// <param name="Requests">HTTP requests that it was sent. One that the gateway hands on counts for both; the all-in-one has those of all three.</param>
/// <param name="LogBytes">Bytes that it logged; NaN where its log is dropped.</param>
/// <param name="PeakMegabytes">Highest resident memory since its start, in MB of 2^20 bytes.</param>
internal sealed record ServiceUsage(string Name, double CpuSeconds, long Requests, double LogBytes, double PeakMegabytes)
{
    /// <summary>What was taken between two looks.</summary>
    public ServiceUsage Since(ServiceUsage before) =>
        this with { CpuSeconds = CpuSeconds - before.CpuSeconds, Requests = Requests - before.Requests, LogBytes = LogBytes - before.LogBytes };
}
