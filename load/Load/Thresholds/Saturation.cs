using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Thresholds;

/// <summary>Where growing load breaks the limits.</summary>
/// <param name="HeldRate">The highest rate that was held; 0 if none was.</param>
/// <param name="Broken">The first interval of those that broke the limits; null if they held.</param>
internal sealed record Saturation(double HeldRate, Sample? Broken)
{
    // One slow second is noise.
    private const int InARow = 3;

    /// <summary>Looks through a run whose rate only grows.</summary>
    /// <param name="samples">Its course.</param>
    /// <param name="p95">What the 95th percentile may be, in milliseconds.</param>
    /// <param name="success">What share must go well, in percent.</param>
    public static Saturation Find(IReadOnlyList<Sample> samples, double p95, double success)
    {
        var broken = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            broken = Breaks(samples[i], p95, success) ? broken + 1 : 0;
            if (broken == InARow)
            {
                var first = samples[i - InARow + 1];
                return new(samples.Where(sample => sample.Planned < first.Planned).Select(sample => sample.Planned).DefaultIfEmpty(0).Max(), first);
            }
        }
        return new(samples.Select(sample => sample.Planned).DefaultIfEmpty(0).Max(), null);
    }

    private static bool Breaks(Sample sample, double p95, double success)
    {
        var all = sample.PerSecond + sample.FailedPerSecond;
        return all > 0 ? !(sample.P95 <= p95) || 100 * sample.PerSecond / all < success : sample.InFlight > 0;
    }
}
