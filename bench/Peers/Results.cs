using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Peers;

/// <summary>Medians of the valid runs, and ratios of runs of the same round.</summary>
internal sealed class Results(IReadOnlyList<Sample> samples)
{
    /// <summary>Median of a figure over the valid rounds; NaN when there is none.</summary>
    public double Median(string peer, Case load, Func<Sample, double> figure) => Quantile.Median(Valid(peer, load).Select(figure));

    /// <summary>CPU per request of one peer by that of another: the median of the rounds' ratios; NaN when no round has both.</summary>
    public double Ratio(string ours, string yardstick, Case load) => Quantile.Median(
        from mine in Valid(ours, load)
        join other in Valid(yardstick, load) on mine.Round equals other.Round
        select mine.CpuPerRequest / other.CpuPerRequest);

    /// <summary>Runs that do not count.</summary>
    public int Invalid(string peer, Case load) => samples.Count(sample => sample.Peer == peer && sample.Case == load && !sample.IsValid);

    private IEnumerable<Sample> Valid(string peer, Case load) => samples.Where(sample => sample.Peer == peer && sample.Case == load && sample.IsValid);
}
