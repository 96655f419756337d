namespace PyAirtable.Bench.Goals;

/// <summary>Places in sorted figures.</summary>
public static class Quantile
{
    /// <summary>The median; of an even number of figures the mean of the two in the middle; NaN of none.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The least figure that so many of all do not exceed (nearest rank); NaN of none.</summary>
    /// <param name="figures">In any order.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double At(IEnumerable<double> figures, double share)
    {
        var sorted = figures.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
