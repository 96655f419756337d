using System.Globalization;
using System.Text;
using PyAirtable.Bench.Goals;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Statistics;
using Figure = PyAirtable.Load.Thresholds.Figure;

namespace PyAirtable.Load.Slo;

/// <summary>Targets with what was measured.</summary>
internal sealed class SloTable
{
    private readonly List<SloRow> _rows;

    /// <summary>Judges results.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="results">Results by scenario; a target whose scenario has none falls short.</param>
    public SloTable(IEnumerable<SloTarget> targets, IReadOnlyDictionary<string, ScenarioResult> results) => _rows =
    [
        .. targets.Select(target => results.TryGetValue(target.Scenario, out var result)
            ? new SloRow(target, target.Threshold.Check(result), result)
            : new SloRow(target, target.Threshold.Check(double.NaN), null)),
    ];

    /// <summary>Its rows.</summary>
    public IReadOnlyList<SloRow> Rows => _rows;

    /// <summary>Whether all targets are reached.</summary>
    public bool Passes => _rows.All(row => row.Verdict.Passes);

    /// <summary>As text in columns.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"target",-30} {"scenario",-12} {"limit",14} {"measured",12}  verdict\n");
        foreach (var row in _rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Target.Name,-30} {row.Target.Scenario,-12} {row.Limit,14} {row.Measured,12}  {row.Verdict.Text}\n");
        }
        return text.ToString();
    }

    /// <summary>Its rows as goals. Where a rate is asked for, it says what generator and servers took for it, and how well the schedule was kept.</summary>
    public void Tell(BenchReport report)
    {
        foreach (var (target, verdict, result) in _rows)
        {
            var processors = target.Threshold.Figure == Figure.PerSecond && result is not null ? $"; CPU-seconds: {ScenarioGoals.Processors(result)}" : "";
            ScenarioGoals.Tell(report, $"{target.Name} ({target.Scenario}{processors})", target.Threshold, verdict.Measured);
        }
        foreach (var result in _rows.Select(row => row.Result).OfType<ScenarioResult>().Distinct().Where(result => !double.IsNaN(result.LatenessP99)))
        {
            report.Add($"iterations begun late, P99 ({result.Scenario})", result.LatenessP99, "ms");
        }
    }
}
