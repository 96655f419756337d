using System.Globalization;

namespace PyAirtable.Bench.PerformancePage;

/// <summary>What all benches found.</summary>
/// <param name="Benches">Those that were measured, in the order of the list.</param>
/// <param name="NotMeasured">Names of those without results.</param>
internal sealed record Results(IReadOnlyList<BenchResult> Benches, IReadOnlyList<string> NotMeasured)
{
    /// <summary>Goals that fall short, with their benches.</summary>
    public IReadOnlyList<(BenchResult Bench, GoalResult Goal)> FallShort => [.. Benches.SelectMany(bench => bench.Goals.Where(goal => !goal.IsMet).Select(goal => (bench, goal)))];

    /// <summary>"150 goals pass, 3 fall short; 2 benches are not measured".</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Benches.Sum(bench => bench.Goals.Count(goal => goal.IsMet))} goals pass, {FallShort.Count} fall short{(NotMeasured.Count > 0 ? $"; not measured: {string.Join(", ", NotMeasured)}" : "")}");

    /// <summary>Reads them.</summary>
    /// <param name="folder">Where each bench has its file.</param>
    /// <param name="names">The benches that there are.</param>
    /// <exception cref="FormatException">A file is not as it should be.</exception>
    public static Results Read(string folder, IReadOnlyList<string> names)
    {
        string File(string name) => Path.Combine(folder, name + ".json");
        var measured = names.ToLookup(name => System.IO.File.Exists(File(name)));
        return new([.. measured[true].Select(name => BenchResult.Read(File(name)))], [.. measured[false]]);
    }

    /// <summary>The first goal of a bench whose name begins so; null without one.</summary>
    public (BenchResult Bench, GoalResult Goal)? Find(string bench, string goal) => Benches.FirstOrDefault(result => result.Bench == bench) is { } found
        && Array.Find(found.Goals, line => line.Goal.StartsWith(goal, StringComparison.Ordinal)) is { } first ? (found, first) : null;
}
