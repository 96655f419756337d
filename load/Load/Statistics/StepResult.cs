namespace PyAirtable.Load.Statistics;

/// <summary>What came of a step. Times are milliseconds from when it was due until it was done; NaN without any.</summary>
/// <param name="Name">The step.</param>
/// <param name="Ok">How often it went well.</param>
/// <param name="Failed">How often it failed.</param>
/// <param name="PerSecond">How often a second it went well.</param>
/// <param name="Mean">Mean time.</param>
/// <param name="P50">Median.</param>
/// <param name="P75">75th percentile.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Max">The longest.</param>
/// <param name="Bytes">Bytes of the answers' bodies.</param>
/// <param name="Reasons">Failures by reason.</param>
internal sealed record StepResult(
    string Name, long Ok, long Failed, double PerSecond, double Mean, double P50, double P75, double P95, double P99, double P999, double Max, long Bytes,
    IReadOnlyDictionary<string, long> Reasons)
{
    /// <summary>Share that went well, in percent; 0 if nothing was done.</summary>
    public double SuccessPercent => Ok + Failed == 0 ? 0 : 100.0 * Ok / (Ok + Failed);
}
