using System.Globalization;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Commands;

/// <summary>What must hold of a short run on any machine, however slow and busy it is: no times.</summary>
internal static class SmokeCheck
{
    /// <summary>What does not hold, each in a few words; empty for a good run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="folder">Where its reports were written.</param>
    public static IEnumerable<string> Mistakes(ScenarioResult result, string folder)
    {
        if (result.All.Ok == 0)
        {
            yield return "nothing was answered";
        }
        foreach (var (reason, times) in result.All.Reasons)
        {
            yield return Text($"{times} times {reason}");
        }
        if (result.Unfinished > 0)
        {
            yield return Text($"{result.Unfinished} iterations without an end");
        }
        if (!result.EndedEarly && result.Planned > 0 && result.Begun + result.Overload != result.Planned)
        {
            yield return Text($"{result.Begun} of {result.Planned} iterations begun");
        }
        foreach (var file in ReportFolder.Files.Where(file => new FileInfo(Path.Combine(folder, file)) is not { Exists: true, Length: > 0 }))
        {
            yield return $"no {file}";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
