using System.Globalization;
using System.Text;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.PerformancePage;

/// <summary>All results as one page of Markdown.</summary>
internal static class Page
{
    private static readonly string[] Head = ["goal", "ours", "yardstick", "ratio", "verdict", "command"];

    /// <summary>Writes it.</summary>
    public static string Write(Results results)
    {
        var text = new StringBuilder("# Performance\n\nWritten by `bench/performance` from what each bench found; nothing in it is entered by hand.\n\n");
        foreach (var machine in results.Benches.Select(bench => bench.Machine with { Load = 0 }).Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"Machine: {machine.Cores} cores of {machine.Processor}, {machine.MemoryMegabytes:N0} MB, Linux {machine.Kernel}.\n");
        }

        if (results.Benches.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Measured from {results.Benches.Min(bench => bench.Date):yyyy-MM-dd HH:mm} to {results.Benches.Max(bench => bench.Date):yyyy-MM-dd HH:mm} UTC; generators, databases and upstreams share the machine with what they measure.\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n**{results.Summary}.**\n\n## Headlines\n\n{Headline.Write(results)}");
        if (results.FallShort.Count > 0)
        {
            Add(text, "What falls short", Head, results.FallShort.Select(line => line.Goal.Cells(line.Bench.Command)));
        }

        foreach (var section in Section.Of(results))
        {
            Add(text, section.Key.Title, Head, section.SelectMany(bench => bench.Goals.Select(goal => goal.Cells(bench.Command))));
            Add(text, section.Key.Title + ": figures beside them", ["figure", "value", "command"], section.SelectMany(bench => bench.Figures.Select(figure => (string[])[figure.Name, figure.Value, $"`{bench.Command}`"])));
            foreach (var (bench, table) in section.SelectMany(bench => (bench.Tables ?? []).Select(table => (bench, table))))
            {
                Add(text, $"{section.Key.Title}, {bench.Bench}: {table.Title}", table.Rows[0], table.Rows.Skip(1));
            }
        }

        Add(text, "Runs", ["bench", "command", "began, UTC", "load average before", "goals", "of them pass"], results.Benches.Select(Run));
        return text.ToString();
    }

    private static string[] Run(BenchResult bench) =>
    [
        bench.Bench, $"`{bench.Command}`", bench.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), bench.Machine.Load.ToString("0.00", CultureInfo.InvariantCulture),
        bench.Goals.Length.ToString(CultureInfo.InvariantCulture), bench.Goals.Count(goal => goal.IsMet).ToString(CultureInfo.InvariantCulture),
    ];

    private static void Add(StringBuilder text, string title, string[] head, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{new Table(title, head, all).ToMarkdown()}");
        }
    }
}
