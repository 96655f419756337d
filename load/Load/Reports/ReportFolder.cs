using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>Writes a result in all forms.</summary>
internal static class ReportFolder
{
    /// <summary>Writes them into a folder, over those that are there, and answers its path.</summary>
    public static async Task<string> WriteAsync(string folder, ScenarioResult result)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), HtmlReport.Write(result));
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), MarkdownReport.Write(result));
        await File.WriteAllBytesAsync(Path.Combine(folder, "report.json"), JsonReport.Write(result));
        await File.WriteAllTextAsync(Path.Combine(folder, "steps.csv"), CsvReport.Steps(result));
        await File.WriteAllTextAsync(Path.Combine(folder, "samples.csv"), CsvReport.Samples(result));
        return folder;
    }
}
