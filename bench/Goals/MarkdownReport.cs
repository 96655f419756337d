using System.Globalization;
using System.Text;

namespace PyAirtable.Bench.Goals;

/// <summary>A report for people.</summary>
internal static class MarkdownReport
{
    /// <summary>The file's content.</summary>
    public static string Write(BenchReport report)
    {
        var (machine, text) = (report.Machine, new StringBuilder());
        text.Append(CultureInfo.InvariantCulture, $"# {report.Bench}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"`{report.Command}`, {report.Began:yyyy-MM-dd HH:mm} UTC; {machine.Cores} cores of {machine.Processor}, ");
        text.Append(CultureInfo.InvariantCulture, $"{machine.MemoryMegabytes:N0} MB, Linux {machine.Kernel}; load average at the start {machine.Load:0.00}.\n");
        if (report.Goals.Count > 0)
        {
            Add(text, new("Goals", ["goal", "ours", "yardstick", "ratio", "verdict"], [.. report.Goals.Select(static goal => (string[])[goal.Goal, goal.Ours.ToString(), goal.Yardstick.ToString(), goal.RatioText, goal.Verdict])]));
        }

        if (report.Figures.Count > 0)
        {
            Add(text, new("Figures", ["figure", "value"], [.. report.Figures.Select(static figure => (string[])[figure.Name, figure.Value])]));
        }

        foreach (var table in report.Tables)
        {
            Add(text, table);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, Table table) => text.Append(CultureInfo.InvariantCulture, $"\n## {table.Title}\n\n{table.ToMarkdown()}");
}
