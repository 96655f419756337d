using System.Globalization;
using System.Text;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>A result in Markdown.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes it.</summary>
    public static string Write(ScenarioResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Load: {result.Scenario}\n\n");
        text.AppendJoin("", Facts.Of(result).Select(fact => "- " + fact + "\n"));
        text.Append("\n| step | ").AppendJoin(" | ", Columns.OfStep.Select(column => column.Head)).Append(" |\n");
        text.Append("| --- |").Insert(text.Length, " --- |", Columns.OfStep.Count).Append('\n');
        foreach (var step in result.Steps.Append(result.All))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {step.Name} | ").AppendJoin(" | ", Columns.OfStep.Select(column => Columns.Text(column.Of(step), column.Format))).Append(" |\n");
        }
        if (result.Verdicts.Count > 0)
        {
            text.Append("\n| threshold | measured | verdict |\n| --- | --- | --- |\n");
            foreach (var verdict in result.Verdicts)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {verdict.Threshold} | {Columns.Text(verdict.Measured, "0.###")} | {verdict.Text} |\n");
            }
        }
        return text.ToString();
    }
}
