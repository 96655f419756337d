namespace PyAirtable.Load.Comparison;

/// <summary>All rounds, both sides of each. What is said of them are medians.</summary>
internal sealed class SideBySide(IReadOnlyList<(SideFigures Ours, SideFigures Python)> rounds)
{
    /// <summary>The rounds.</summary>
    public IReadOnlyList<(SideFigures Ours, SideFigures Python)> Rounds => rounds;

    /// <summary>Names of the routes, in their order.</summary>
    public IEnumerable<string> Routes => rounds[0].Ours.Routes.Keys;

    /// <summary>Requests that failed, of one side.</summary>
    public long Failed(ComparedSide side) => rounds.Sum(round => (side == ComparedSide.Ours ? round.Ours : round.Python).Routes.Values.Sum(static route => route.Failed));

    /// <summary>A figure of ours.</summary>
    public double Ours(Func<SideFigures, double> figure) => Median(rounds.Select(round => figure(round.Ours)));

    /// <summary>That of the Python baseline.</summary>
    public double Python(Func<SideFigures, double> figure) => Median(rounds.Select(round => figure(round.Python)));

    /// <summary>Ours as a multiple of Python's. Made within each round, so that other work on the machine falls on both.</summary>
    public double Ratio(Func<SideFigures, double> figure) => Median(rounds.Select(round => figure(round.Ours) / figure(round.Python)));

    private static double Median(IEnumerable<double> figures)
    {
        var ordered = figures.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }
}
