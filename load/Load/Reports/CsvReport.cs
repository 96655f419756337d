using System.Text;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>A result as comma-separated values (RFC 4180). What could not be measured is empty.</summary>
internal static class CsvReport
{
    /// <summary>The steps.</summary>
    public static string Steps(ScenarioResult result)
    {
        var text = new StringBuilder("step,").AppendJoin(',', Columns.OfStep.Select(column => column.Key)).Append("\r\n");
        foreach (var step in result.Steps.Append(result.All))
        {
            text.Append(Quoted(step.Name)).Append(',').AppendJoin(',', Columns.OfStep.Select(column => Columns.Text(column.Of(step), column.Format))).Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>The course.</summary>
    public static string Samples(ScenarioResult result)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.OfSample.Select(column => column.Key)).Append("\r\n");
        foreach (var sample in result.Samples)
        {
            text.AppendJoin(',', Columns.OfSample.Select(column => Columns.Text(column.Of(sample), column.Format))).Append("\r\n");
        }
        return text.ToString();
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
