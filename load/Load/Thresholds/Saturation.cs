using PyAirtable.Load.Slo;
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
    /// <param name="limits">What time and success of each interval are held to.</param>
    public static Saturation Find(IReadOnlyList<Sample> samples, SloLimits limits)
    {
        var broken = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            broken = Breaks(samples[i], limits) ? broken + 1 : 0;
            if (broken == InARow)
            {
                var first = samples[i - InARow + 1];
                return new(samples.Where(sample => sample.Planned < first.Planned).Select(sample => sample.Planned).DefaultIfEmpty(0).Max(), first);
            }
        }
        return new(samples.Select(sample => sample.Planned).DefaultIfEmpty(0).Max(), null);
    }

    private static bool Breaks(Sample sample, SloLimits limits)
    {
        var all = sample.PerSecond + sample.FailedPerSecond;
        return all > 0 ? !limits.EndToEnd.Check(sample.P95).Passes || !limits.Success.Check(100 * sample.PerSecond / all).Passes : sample.InFlight > 0;
    }
}
