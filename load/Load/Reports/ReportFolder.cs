using System.Text;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>Writes a result in all forms.</summary>
internal static class ReportFolder
{
    private static readonly (string Name, Func<ScenarioResult, byte[]> Write)[] Forms =
    [
        ("report.html", result => Encoding.UTF8.GetBytes(HtmlReport.Write(result))),
        ("report.md", result => Encoding.UTF8.GetBytes(MarkdownReport.Write(result))),
        ("report.json", JsonReport.Write),
        ("steps.csv", result => Encoding.UTF8.GetBytes(CsvReport.Steps(result))),
        ("samples.csv", result => Encoding.UTF8.GetBytes(CsvReport.Samples(result))),
    ];

    /// <summary>Names of the files.</summary>
    public static IEnumerable<string> Files => Forms.Select(form => form.Name);

    /// <summary>Writes them into a folder, over those that are there, and answers its path.</summary>
    public static async Task<string> WriteAsync(string folder, ScenarioResult result)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, write) in Forms)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), write(result));
        }
        return folder;
    }
}
