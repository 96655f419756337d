using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Comparison;

/// <summary>What a route took on one side in one round.</summary>
/// <param name="PerSecond">Good answers a second.</param>
/// <param name="CpuSeconds">Processor seconds of the service for a thousand requests.</param>
/// <param name="P50">Median time, in milliseconds.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Failed">Requests that failed.</param>
internal sealed record RouteFigures(double PerSecond, double CpuSeconds, double P50, double P95, double P99, long Failed)
{
    /// <summary>Those of a run.</summary>
    public static RouteFigures Of(ScenarioResult result)
    {
        var all = result.All;
        return new(all.PerSecond, result.Usage.ServerSeconds * 1000 / (all.Ok + all.Failed), all.P50, all.P95, all.P99, all.Failed);
    }
}
