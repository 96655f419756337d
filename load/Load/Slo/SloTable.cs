using System.Globalization;
using System.Text;
using PyAirtable.Load.Statistics;

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
        .. targets.Select(target => new SloRow(target, results.TryGetValue(target.Scenario, out var result) ? target.Threshold.Check(result) : target.Threshold.Check(double.NaN))),
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

    /// <summary>As a table in Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("| Target | Scenario | Limit | Measured | Verdict |\n| --- | --- | --- | --- | --- |\n");
        foreach (var row in _rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Target.Name} | {row.Target.Scenario} | {row.Limit} | {row.Measured} | {row.Verdict.Text} |\n");
        }
        return text.ToString();
    }
}
