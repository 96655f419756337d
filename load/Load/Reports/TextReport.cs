using System.Globalization;
using System.Text;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>A result for the terminal; its thresholds are told as goals.</summary>
internal static class TextReport
{
    private static readonly string[] Shown = ["ok", "failed", "per_second", "p50_ms", "p95_ms", "p99_ms", "max_ms"];

    /// <summary>Writes it.</summary>
    public static string Write(ScenarioResult result)
    {
        var columns = Columns.OfStep.Where(column => Shown.Contains(column.Key)).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"step",-20}").AppendJoin("", columns.Select(column => column.Head.PadLeft(10))).Append('\n');
        foreach (var step in result.Steps.Append(result.All))
        {
            text.Append(CultureInfo.InvariantCulture, $"{step.Name,-20}").AppendJoin("", columns.Select(column => Columns.Text(column.Of(step), column.Format).PadLeft(10))).Append('\n');
        }
        text.AppendJoin("", Facts.Of(result).Select(fact => fact + "\n"));
        return text.ToString();
    }
}
